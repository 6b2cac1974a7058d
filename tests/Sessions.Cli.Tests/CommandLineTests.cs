using System.Reflection;

namespace Sessions.Tests;

public sealed class CommandLineTests
{
    private static readonly SessionId Id = SessionId.New();

    [Fact]
    public async Task Help_says_the_exit_codes_and_the_commands()
    {
        var run = await Tool.RunAsync("--help");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        foreach (var code in typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static))
            Assert.Matches($@"\n +{code.GetRawConstantValue()} +\w", run.Output);
        foreach (var command in new[] { "clear-expired", "list", "inspect <id>", "delete <id>", "create-table" })
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
        Assert.Contains("sessions [command]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_a_command_names_stores_and_variables()
    {
        var run = await Tool.RunAsync("inspect", "--help");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("--postgres <connection string>", run.Output, StringComparison.Ordinal);
        Assert.Contains("SESSIONS_POSTGRES", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string> WrongLines { get; } =
    [
        "",
        "remove",
        "list --limt 3",
        $"list --limit {Id.Secret}",
        $"list {Id.Secret}",
        $"list @{Id.Secret}",
        "inspect",
        $"inspect --sqlite {Id.Secret}",
        $"delete {Id.Secret} {Id.Secret} --files .",
        $"delete {Id.Secret}x --files .",
        $"delete --file={Id.Secret}",
        "list --sqlite",
        $"list --state {Id.Secret}",
        Id.Secret,
    ];

    [Theory]
    [MemberData(nameof(WrongLines), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_line_exits_with_2_and_repeats_no_secret(string line)
    {
        var run = await Tool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.NotEqual("", run.Error);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain(Id.Secret, run.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        Assert.Contains("'--limt'", (await Tool.RunAsync("list", "--limt", "3")).Error, StringComparison.Ordinal);
        Assert.Contains("'--file'", (await Tool.RunAsync("list", "--file=x")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_a_store_is_one_line_without_ids()
    {
        var error = new IOException($"Cannot read /var/sessions/{Id.Secret}.session:\nno space left");
        Assert.Equal("Cannot read /var/sessions/….session:", ErrorText.Of(error));
    }
}
