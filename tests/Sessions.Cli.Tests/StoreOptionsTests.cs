namespace Sessions.Tests;

public sealed class StoreOptionsTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Without_a_store_the_options_and_variables_are_named()
    {
        var run = await Tool.RunAsync("list");
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("--sqlite or --postgres", run.Error, StringComparison.Ordinal);
        Assert.Contains("SESSIONS_SQLITE or SESSIONS_POSTGRES", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stores_are_one_too_many()
    {
        var run = await Tool.RunAsync("list", "--files", _directory, "--postgres", Secret);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.DoesNotContain(Secret, run.Shown, StringComparison.Ordinal);

        run = await Tool.RunAsync(["list"], variables: new() { ["SESSIONS_FILES"] = _directory, ["SESSIONS_POSTGRES"] = Secret });
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains("SESSIONS_FILES", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_names_the_store_unless_an_option_does()
    {
        var run = await Tool.RunAsync(["list", "--json"], variables: new() { ["SESSIONS_FILES"] = _directory, ["SESSIONS_POSTGRES"] = "" });
        Assert.Equal(new ToolRun(ExitCode.Done, "[]" + Environment.NewLine, ""), run);

        run = await Tool.RunAsync(["list", "--json", "--files", _directory], variables: new() { ["SESSIONS_POSTGRES"] = Secret });
        Assert.Equal(new ToolRun(ExitCode.Done, "[]" + Environment.NewLine, ""), run);
    }

    [Fact]
    public async Task The_name_of_a_file_may_hold_what_a_connection_string_does()
    {
        var path = Path.Combine(_directory, "a=b.db");
        File.WriteAllText(path, "");
        var run = await Tool.RunAsync("create-table", "--execute", "--sqlite", path);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.NotEqual(0, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("--postgres", "")]
    [InlineData("--postgres", "Host=localhost;Password=a;" + Secret + "=b")]
    [InlineData("--sqlite", "Data Source=a;" + Secret + "=b")]
    [InlineData("--sqlite", "Data Source=a;Default Timeout=" + Secret)]
    [InlineData("--redis", "localhost," + Secret + "=b")]
    public async Task A_connection_string_that_cannot_be_read_is_not_repeated(string option, string value)
    {
        var run = await Tool.RunAsync("list", option, value);
        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Contains($"of {option} cannot be read", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--files", "--table", "Visits")]
    [InlineData("--sqlite", "--schema", "shop")]
    [InlineData("--postgres", "--key-prefix", "shop:")]
    public async Task An_option_of_another_store_is_refused(string store, string option, string value)
    {
        var run = await Tool.RunAsync("list", store, _directory, option, value);
        Assert.Equal(new ToolRun(ExitCode.WrongUsage, "", $"{option} says nothing about {store}." + Environment.NewLine), run);
    }

    [Theory]
    [InlineData("--files", "gone")]
    [InlineData("--sqlite", "gone.db")]
    public async Task A_store_that_is_not_there_is_not_made(string option, string name)
    {
        var path = Path.Combine(_directory, name);
        foreach (var command in new[] { "list", "clear-expired" })
        {
            var run = await Tool.RunAsync(command, option, path);
            Assert.Equal(ExitCode.StoreError, run.ExitCode);
            Assert.Single(run.Error.Trim().Split(Environment.NewLine));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_an_error_in_one_line()
    {
        var run = await Tool.RunAsync("clear-expired", "--postgres", $"Host=127.0.0.1;Port=1;Username=shop;Password={Secret}");
        Assert.Equal(ExitCode.StoreError, run.ExitCode);
        Assert.Equal("Failed to connect to 127.0.0.1:1" + Environment.NewLine, run.Error);

        run = await Tool.RunAsync("list", "--redis", $"127.0.0.1:1,password={Secret},connectTimeout=500,asyncTimeout=500");
        Assert.Equal(ExitCode.StoreError, run.ExitCode);
        Assert.Single(run.Error.Trim().Split(Environment.NewLine));
        Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
    }
}
