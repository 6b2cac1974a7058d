using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>A command on one store.</summary>
internal abstract class StoreCommand : Command
{
    private readonly StoreOptions _options = new();

    protected StoreCommand(string name, string description)
        : base(name, description)
    {
        _options.AddTo(this);
        SetAction(RunSafelyAsync);
    }

    /// <summary>Does the work, and gives the exit code.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="shell">Where to read and write.</param>
    /// <param name="services">The services of the store that was chosen.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
    protected abstract Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a store throws is told in one line.")]
    private async Task<int> RunSafelyAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var shell = (Shell)result.InvocationConfiguration;
        try
        {
            await using var services = _options.Open(result, shell);
            return await RunAsync(result, shell, services, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await shell.FailAsync(ExitCode.Cancelled, "Cancelled.");
        }
        catch (UsageException exception)
        {
            return await shell.FailAsync(ExitCode.WrongUsage, exception.Message);
        }
        catch (Exception exception)
        {
            return await shell.FailAsync(ExitCode.StoreError, ErrorText.Of(exception));
        }
    }

    protected static Option<bool> NewJson() => new("--json") { Description = "Write JSON, for programs" };

    protected static IListableSessionStore StoreOf(IServiceProvider services) => (IListableSessionStore)services.GetRequiredService<ISessionStore>();
}
