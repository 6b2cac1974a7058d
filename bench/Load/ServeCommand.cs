using System.CommandLine;

namespace Sessions.Load;

/// <summary>The command by which the comparison starts itself again, as one contender.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Argument<string> _contender = new("contender");
    private readonly Argument<string> _directory = new("directory");
    private readonly Option<string?> _redis = new("--redis");
    private readonly Option<string?> _postgres = new("--postgres");
    private readonly Option<bool> _counts = new("--count-calls");

    public ServeCommand()
        : base("serve", "Serves one contender until the standard input ends.")
    {
        Add(_contender);
        Add(_directory);
        Add(_redis);
        Add(_postgres);
        Add(_counts);
        SetAction((parsed, _) => ContenderHost.RunAsync(
            Contender.All.Single(contender => contender.Name == parsed.GetValue(_contender)),
            new Place(parsed.GetValue(_directory)!, parsed.GetValue(_redis), parsed.GetValue(_postgres), parsed.GetValue(_counts))));
    }

    public static string[] Line(Contender contender, Place place) =>
    [
        "serve", contender.Name, place.Directory,
        .. place.Redis is { } redis ? ["--redis", redis] : Array.Empty<string>(),
        .. place.Postgres is { } postgres ? ["--postgres", postgres] : Array.Empty<string>(),
        .. place.CountsCalls ? ["--count-calls"] : Array.Empty<string>(),
    ];
}
