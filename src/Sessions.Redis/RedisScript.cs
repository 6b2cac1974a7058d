namespace Sessions;

/// <summary>What the server does in one step, by the text of its script. Each touches one key, so that a cluster runs it too.</summary>
internal static class RedisScript
{
    private static readonly string Live = Read("live");

    public static string Create { get; } = Read("create");

    public static string Save { get; } = Live + Read("save");

    public static string Renew { get; } = Live + Read("renew");

    public static string Retire { get; } = Live + Read("retire");

    public static string Delete { get; } = Live + Read("delete");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(RedisScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
