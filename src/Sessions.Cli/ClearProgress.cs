using Spectre.Console;

namespace Sessions;

/// <summary>Shows how many sessions have been removed: a bar to who watches, else a line now and then.</summary>
internal static class ClearProgress
{
    private const long LineEvery = 10_000;

    /// <summary>Runs the work, which says how many it has removed so far.</summary>
    /// <param name="shell">Where to show it; null for nowhere.</param>
    /// <param name="work">The work.</param>
    public static Task<long> ShowAsync(Shell? shell, Func<Action<long>, Task<long>> work) => shell switch
    {
        null => work(_ => { }),
        { IsTerminal: true } => ShowBarAsync(shell.Error, work),
        _ => ShowLinesAsync(shell.Error, work),
    };

    private static Task<long> ShowLinesAsync(TextWriter writer, Func<Action<long>, Task<long>> work)
    {
        var next = LineEvery;
        return work(removed =>
        {
            if (removed < next)
                return;
            writer.WriteLine(Text(removed));
            next = removed + LineEvery;
        });
    }

    // How many have expired is not known before they are removed, so the bar has no end.
    private static Task<long> ShowBarAsync(TextWriter writer, Func<Action<long>, Task<long>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(Text(0)).IsIndeterminate();
                return work(removed => task.Description = Text(removed));
            });
    }

    private static string Text(long removed) => $"{removed} expired sessions removed so far";
}
