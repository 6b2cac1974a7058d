using System.CommandLine;

namespace Sessions;

/// <summary>An option that names a store, and the environment variable that can stand for it.</summary>
internal sealed class StoreOption : Option<string>
{
    public StoreOption(string name, string helpName, string description)
        : base("--" + name)
    {
        Variable = "SESSIONS_" + name.ToUpperInvariant();
        HelpName = helpName;
        Description = $"{description}; else {Variable}";
    }

    public string Variable { get; }

    /// <summary>The options that say more about this store.</summary>
    public IReadOnlyList<Option> Details { get; init; } = [];

    /// <summary>Registers the store as an application does.</summary>
    /// <exception cref="ArgumentException">The value cannot be read.</exception>
    public required Action<SessionsBuilder, string, ParseResult> Register { get; init; }
}
