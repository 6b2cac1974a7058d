using System.Globalization;

namespace Sessions.Tests;

public sealed class ClearExpiredTests : IAsyncLifetime
{
    private const int Expired = 12_500;

    private readonly SqliteFile _database = new();

    public async ValueTask InitializeAsync()
    {
        await Tool.RunAsync("create-table", "--execute", "--sqlite", _database.Path);
        await _database.ExecuteAsync(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Expired})
            INSERT INTO Sessions (Id, Data, ExpiresAt, Version, CreatedAt)
            SELECT printf('v1.%064x', i), x'01000000', '2020-01-15 00:00:00', 1, '2020-01-01 00:00:00' FROM n
            """);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return default;
    }

    [Fact]
    public async Task Lines_tell_how_far_it_is()
    {
        var run = await Tool.RunAsync("clear-expired", "--sqlite", _database.Path);
        Assert.Equal($"{Expired} expired sessions removed." + Environment.NewLine, run.Output);
        Assert.Equal("10000 expired sessions removed so far" + Environment.NewLine, run.Error);
    }

    [Fact]
    public async Task A_terminal_shows_a_bar()
    {
        var run = await Tool.RunAsync(["clear-expired", "--sqlite", _database.Path], isTerminal: true);
        Assert.Equal($"{Expired} expired sessions removed." + Environment.NewLine, run.Output);
        Assert.Contains("expired sessions removed so far", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_stops_between_two_batches_and_another_run_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        await using var error = new CancellingWriter(cancel);
        string[] line = ["clear-expired", "--sqlite", _database.Path];
        var run = await Tool.RunAsync(line, error: error, cancel: cancel);
        Assert.Equal(ExitCode.Cancelled, run.ExitCode);
        Assert.StartsWith("10000 expired sessions removed, then cancelled", run.Output, StringComparison.Ordinal);

        run = await Tool.RunAsync([.. line, "--json"]);
        Assert.Equal(new ToolRun(ExitCode.Done, """{"removed":2500,"completed":true}""" + Environment.NewLine, ""), run);
    }

    [Fact]
    public async Task A_list_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        var run = await Tool.RunAsync(["list", "--sqlite", _database.Path], cancel: cancel);
        Assert.Equal(ExitCode.Cancelled, run.ExitCode);
        Assert.Equal("Cancelled." + Environment.NewLine, run.Error);
    }

    /// <summary>Presses Ctrl+C when the first line is written.</summary>
    private sealed class CancellingWriter(CancellationTokenSource cancel) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value) => cancel.Cancel();
    }
}
