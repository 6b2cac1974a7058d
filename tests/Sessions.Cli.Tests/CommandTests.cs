using System.Text.Json;

namespace Sessions.Tests;

/// <summary>What the commands do, on any store.</summary>
public abstract class CommandTests : IAsyncLifetime
{
    private Site _site = null!;

    /// <summary>The options that name the store.</summary>
    private protected abstract string[] Store { get; }

    /// <summary>Whether expired sessions stay until they are cleared.</summary>
    private protected virtual bool KeepsExpired => true;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        _site = new Site(AddTo);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await CleanUpAsync();
    }

    private protected abstract Task PrepareAsync();

    private protected abstract void AddTo(SessionsBuilder sessions);

    private protected virtual Task CleanUpAsync() => Task.CompletedTask;

    private protected Task<ToolRun> RunAsync(params string[] args) => Tool.RunAsync([.. args, .. Store]);

    private async Task<JsonElement> RunJsonAsync(params string[] args)
    {
        var run = await RunAsync([.. args, "--json"]);
        Assert.Equal("", run.Error);
        return JsonElement.Parse(run.Output);
    }

    [Fact]
    public async Task A_session_is_inspected_by_its_id_or_its_row_id()
    {
        var id = await _site.AddAsync(("visits", 3), ("name", "Zoë <3"), ("lines", new List<object?> { 1L, null }));
        foreach (var text in new[] { id.Secret, id.Digest() })
        {
            var run = await RunAsync("inspect", text);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.Contains($"row id   {id.Digest()}", run.Output, StringComparison.Ordinal);
            Assert.Contains("state    live", run.Output, StringComparison.Ordinal);
            Assert.Contains("\"visits\": 3", run.Output, StringComparison.Ordinal);
            Assert.Contains("\"name\": \"Zoë <3\"", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(id.Secret, run.Shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_inspected_session_is_one_JSON_document()
    {
        var id = await _site.AddAsync(("visits", 3), ("lines", new List<object?> { 1L, null }));
        var session = await RunJsonAsync("inspect", id.Secret);
        Assert.Equal(id.Digest(), session.GetProperty("id").GetString());
        Assert.Equal("live", session.GetProperty("state").GetString());
        Assert.Equal(1, session.GetProperty("version").GetInt64());
        Assert.True(session.GetProperty("size").GetInt32() > 0);
        Assert.Equal(TimeSpan.FromDays(14), session.GetProperty("expires").GetDateTimeOffset() - session.GetProperty("created").GetDateTimeOffset());
        Assert.Equal("""{"visits":3,"lines":[1,null]}""", session.GetProperty("entries").GetRawText());
    }

    [Fact]
    public async Task A_rotated_id_is_retired_and_shows_nothing()
    {
        var session = await RunJsonAsync("inspect", (await _site.AddRetiredAsync()).Secret);
        Assert.Equal("retired", session.GetProperty("state").GetString());
        Assert.Equal("{}", session.GetProperty("entries").GetRawText());
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        var id = await _site.AddAsync(("a", 1));
        var kept = await _site.AddAsync(("a", 1));
        Assert.Equal(new ToolRun(ExitCode.Done, "Deleted." + Environment.NewLine, ""), await RunAsync("delete", id.Digest()));
        Assert.False(await _site.Manager.ExistsAsync(id, TestContext.Current.CancellationToken));
        Assert.True(await _site.Manager.ExistsAsync(kept, TestContext.Current.CancellationToken));
        Assert.Equal($$"""{"id":"{{kept.Digest()}}","deleted":true}""", (await RunJsonAsync("delete", kept.Secret)).GetRawText());
        Assert.Equal($$"""{"id":"{{kept.Digest()}}","deleted":false}""", (await RunJsonAsync("delete", kept.Secret)).GetRawText());
    }

    [Fact]
    public async Task A_ticket_is_listed_and_deleted_as_a_session_is()
    {
        var id = await _site.AddTicketAsync("ann");

        Assert.Contains($"{id}  live ", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync("delete", id)).ExitCode);

        Assert.Null(await _site.Store.LoadAsync(id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("delete")]
    public async Task What_is_unknown_or_expired_is_not_found(string command)
    {
        foreach (var id in new[] { SessionId.New(), await _site.AddExpiredAsync() })
        {
            var run = await RunAsync(command, id.Secret);
            Assert.Equal(new ToolRun(ExitCode.NotFound, "", "There is no live session with this id." + Environment.NewLine), run);
        }
    }

    [Fact]
    public async Task An_id_can_come_from_standard_input()
    {
        var id = await _site.AddAsync(("a", 1));
        var run = await Tool.RunAsync(["delete", "-", .. Store], input: id.Secret + "\n");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(ExitCode.WrongUsage, (await Tool.RunAsync(["delete", "-", .. Store], input: "")).ExitCode);
    }

    [Fact]
    public async Task The_list_shows_sessions_of_every_state()
    {
        var live = await _site.AddAsync(("secret", "a value"));
        var expired = await _site.AddExpiredAsync();
        var retired = await _site.AddRetiredAsync();

        var list = (await RunJsonAsync("list")).EnumerateArray().ToDictionary(session => session.GetProperty("id").GetString()!);
        Assert.Equal(4, list.Count);   // the rotated one goes on under its new id
        Assert.Equal("live", list[live.Digest()].GetProperty("state").GetString());
        Assert.Equal("expired", list[expired.Digest()].GetProperty("state").GetString());
        Assert.Equal("retired", list[retired.Digest()].GetProperty("state").GetString());

        var text = (await RunAsync("list")).Output;
        Assert.Equal(list.Count + 1, text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Matches($@"{live.Digest()}  live     \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ  \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ +1 +\d+", text);
        Assert.DoesNotContain("a value", text, StringComparison.Ordinal);
        Assert.DoesNotContain(live.Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_limited_and_filtered()
    {
        Assert.Equal("[]", (await RunJsonAsync("list")).GetRawText());
        await _site.AddAsync(("a", 1));
        await _site.AddAsync(("a", 1));
        var retired = await _site.AddRetiredAsync();

        Assert.Equal(2, (await RunJsonAsync("list", "--limit", "2")).GetArrayLength());
        var two = await RunAsync("list", "--limit", "2");
        Assert.Equal("There are more; --limit shows them." + Environment.NewLine, two.Error);
        Assert.Equal("", (await RunAsync("list", "--limit", "4")).Error);
        Assert.Equal(retired.Digest(), Assert.Single((await RunJsonAsync("list", "--state", "retired")).EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(3, (await RunJsonAsync("list", "--state", "live")).GetArrayLength());
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("list", "--limit", "0")).ExitCode);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("list", "--state", "sleeping")).ExitCode);
    }

    [Fact]
    public async Task Clearing_removes_what_has_expired_and_nothing_else()
    {
        var live = await _site.AddAsync(("a", 1));
        await _site.AddExpiredAsync();
        await _site.AddExpiredAsync();
        var cleared = $"{(KeepsExpired ? 2 : 0)} expired sessions removed.";
        Assert.Equal(new ToolRun(ExitCode.Done, cleared + Environment.NewLine, ""), await RunAsync("clear-expired"));
        Assert.Equal("""{"removed":0,"completed":true}""", (await RunJsonAsync("clear-expired")).GetRawText());
        Assert.True(await _site.Manager.ExistsAsync(live, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_ids_are_kept_as_they_are_the_list_does_not_give_them_away()
    {
        await using var plain = new Site(AddTo, options => options.HashIdsAtRest = false);
        var id = await plain.AddAsync(("a", 1));
        var list = await RunAsync("list");
        Assert.Contains(id.ToString(), list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(id.Secret, list.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.NotFound, (await RunAsync("inspect", id.Secret)).ExitCode);
        var inspected = await RunAsync("inspect", "--plain-ids", id.Secret);
        Assert.Equal(ExitCode.Done, inspected.ExitCode);
        Assert.DoesNotContain(id.Secret, inspected.Shown, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("delete", "--plain-ids", id.Digest())).ExitCode);
        Assert.Equal(ExitCode.Done, (await RunAsync("delete", "--plain-ids", id.Secret)).ExitCode);
    }
}
