namespace Sessions.Tests;

/// <summary>What a run of the tool answered.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Everything that was shown.</summary>
    public string Shown => Output + Error;
}
