using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sessions;

/// <summary>What surrounds a command: the console, or a test.</summary>
internal sealed class Shell : InvocationConfiguration
{
    public Shell()
    {
        EnableDefaultExceptionHandler = false;   // it prints stack traces
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30);   // a batch that runs when Ctrl+C is pressed is finished
    }

    public TextReader Input { get; init; } = Console.In;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether a person watches <see cref="InvocationConfiguration.Error"/>, where progress is shown.</summary>
    public bool IsTerminal { get; init; } = !Console.IsErrorRedirected;

    public Task WriteAsync<T>(T value, JsonTypeInfo<T> type) => Output.WriteLineAsync(JsonSerializer.Serialize(value, type));

    /// <summary>Says what went wrong, and gives back the exit code.</summary>
    public async Task<int> FailAsync(int exitCode, string message)
    {
        await Error.WriteLineAsync(message);
        return exitCode;
    }
}
