using System.Globalization;
using System.Text.Json;

namespace Sessions.Tests;

public sealed class InspectTests : IAsyncLifetime
{
    private readonly SqliteFile _database = new();

    public async ValueTask InitializeAsync() => await Tool.RunAsync("create-table", "--execute", "--sqlite", _database.Path);

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return default;
    }

    [Fact]
    public async Task A_value_of_another_serializer_is_shown_in_base64()
    {
        await using var site = new Site(_database.AddTo, options => options.Serializer = new BinarySerializer());
        var id = await site.AddAsync(("a", "x"));
        var run = await Tool.RunAsync("inspect", id.Secret, "--sqlite", _database.Path);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Not JSON, in base64", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"a\": \"/wA=\"", run.Output, StringComparison.Ordinal);

        var session = JsonElement.Parse((await Tool.RunAsync("inspect", id.Secret, "--json", "--sqlite", _database.Path)).Output);
        Assert.Equal("{}", session.GetProperty("entries").GetRawText());
        Assert.Equal("""{"a":"/wA="}""", session.GetProperty("base64").GetRawText());
    }

    [Fact]
    public async Task Damaged_data_is_reported()
    {
        await using var site = new Site(_database.AddTo);
        var id = await site.AddAsync(("a", "x"));
        await _database.ExecuteAsync("UPDATE Sessions SET Data = x'0100ff'");
        var run = await Tool.RunAsync("inspect", id.Secret, "--sqlite", _database.Path);
        Assert.Equal(new ToolRun(ExitCode.StoreError, "", "The session's data is damaged or of an unknown version." + Environment.NewLine), run);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("list", "--sqlite", _database.Path)).ExitCode);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("delete", id.Secret, "--sqlite", _database.Path)).ExitCode);
    }

    [Fact]
    public async Task Nothing_that_a_visitor_stored_reaches_the_terminal_as_a_command()
    {
        await using var site = new Site(_database.AddTo);
        var id = await site.AddAsync(("k\u001b[2J", "v\u001b[2J\u009b"), ("\u202ek", "a\u2066b\u200f"));
        foreach (var format in new string[][] { [], ["--json"] })
        {
            var run = await Tool.RunAsync(["inspect", id.Secret, "--sqlite", _database.Path, .. format]);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c is not ('\n' or '\r'));
            Assert.DoesNotContain(run.Output, c => char.GetUnicodeCategory(c) == UnicodeCategory.Format);
        }
    }

    private sealed class BinarySerializer : ISessionSerializer
    {
        public byte[] Serialize<T>(T value) => [0xff, 0];

        public T? Deserialize<T>(ReadOnlySpan<byte> data) => default;

        public string Describe(ReadOnlySpan<byte> data) => "bytes";
    }
}
