using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>Large sessions: the cap holds when requests add up, and many keys stay cheap.</summary>
public sealed class SessionLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_requests_together_cannot_exceed_the_cap()
    {
        var manager = NewManager(1000);
        var first = manager.Create();
        first.Set("a", "");
        await first.SaveAsync(Cancel);
        var second = (await manager.OpenAsync(first.Id!.Value, Cancel))!;
        first.Set("b", new string('x', 600));
        second.Set("c", new string('x', 600));

        await first.SaveAsync(Cancel);
        await Assert.ThrowsAsync<SessionTooLargeException>(() => second.SaveAsync(Cancel).AsTask());

        var stored = (await manager.OpenAsync(first.Id!.Value, Cancel))!;
        Assert.Equal(["a", "b"], stored.Keys);
    }

    [Fact]
    public async Task Ten_thousand_keys_are_all_there_after_changes_to_some()
    {
        var manager = NewManager(1_000_000);
        var session = manager.Create();
        for (var i = 0; i < 10_000; i++)
            session.Set($"k{i}", i);
        await session.SaveAsync(Cancel);

        session = (await manager.OpenAsync(session.Id!.Value, Cancel))!;
        session.Set("k5", -5);
        session.Remove("k6");
        await session.SaveAsync(Cancel);
        session = (await manager.OpenAsync(session.Id!.Value, Cancel))!;

        Assert.Equal(9_999, session.Items.Count);
        Assert.Equal((-5, 9_999), (session.Get<int>("k5"), session.Get<int>("k9999")));
        Assert.False(session.ContainsKey("k6"));
    }

    [Fact]
    public async Task More_keys_than_allowed_are_refused_as_they_are_written()
    {
        var sessions = new TestSessions(options => options.MaxKeys = 3);
        var session = sessions.At(await sessions.StoreAsync(s => s.Update([new("a", 1), new("b", 2), new("c", 3)])));

        Assert.Throws<SessionTooLargeException>(() => session.Set("d", 4));
        Assert.Throws<SessionTooLargeException>(() => session.Update([new("a", 10), new("d", 4)]));
        session.Set("a", 10);
        session.Remove("b");
        session.Set("d", 4);
        Assert.Throws<SessionTooLargeException>(() => session.Set("e", 5));

        Assert.Equal(["a", "c", "d"], (await sessions.ReopenAsync(session)).Keys);
        session.Clear();
        session.Update([new("x", 1), new("y", 2), new("z", 3)]);
        Assert.Throws<SessionTooLargeException>(() => session.Set("w", 4));
    }

    [Fact]
    public async Task A_value_over_its_own_limit_is_refused_where_it_is_set()
    {
        var sessions = new TestSessions(options => options.MaxValueBytes = 100);
        var session = sessions.Create();
        session.Set("list", new List<string> { "a" });

        var error = Assert.Throws<SessionTooLargeException>(() => session.Set("text", new string('x', 100)));
        Assert.Contains("'text'", error.Message, StringComparison.Ordinal);
        session.Get<List<string>>("list")!.Add(new string('x', 100));
        session.Modified = true;

        await Assert.ThrowsAsync<SessionTooLargeException>(() => sessions.SaveAsync(session));
    }

    private static SessionManager NewManager(int maxPayloadBytes) => new ServiceCollection()
        .AddTypedSessions(options => options.MaxPayloadBytes = maxPayloadBytes)
        .Services.BuildServiceProvider().GetRequiredService<SessionManager>();
}
