using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <summary>What the server does in one step. Each script touches one key, so that a cluster runs it too.</summary>
internal sealed class RedisScript
{
    private static readonly string Live = Read("live");

    private RedisScript(string text) => (Text, Hash) = (text, HashOf(text));

    public static RedisScript Create { get; } = new(Read("create"));

    public static RedisScript Save { get; } = new(Live + Read("save"));

    public static RedisScript Update { get; } = new(Read("update"));

    public static RedisScript Renew { get; } = new(Live + Read("renew"));

    public static RedisScript Retire { get; } = new(Live + Read("retire"));

    public static RedisScript Delete { get; } = new(Live + Read("delete"));

    public string Text { get; }

    /// <summary>The name under which a server knows a script that it has run before.</summary>
    public byte[] Hash { get; }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The server names its scripts so.")]
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(RedisScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
