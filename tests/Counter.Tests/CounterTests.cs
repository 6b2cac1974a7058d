using Counter.Tests.Infrastructure;
using Sessions.Tests;

namespace Counter.Tests;

/// <summary>The sample as a native application, over HTTP.</summary>
public sealed class CounterTests(PublishedCounter counter) : IClassFixture<PublishedCounter>
{
    [Fact]
    public void It_is_published_without_a_warning()
    {
        Assert.DoesNotContain("warning", counter.Log, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.ChangeExtension(counter.Application.FullName, ".dll")));   // native, no managed assembly

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"samples/Counter, native: published in {counter.Duration.TotalSeconds:F0} s, {counter.Application.Length / 1e6:F1} MB");
    }

    [Fact]
    public async Task Visits_are_counted_from_the_first_on()
    {
        using var ada = counter.NewVisitor();
        using var bob = counter.NewVisitor();

        var first = await ada.SendAsync(HttpMethod.Get, "/");
        var second = await ada.SendAsync(HttpMethod.Get, "/");

        Assert.Equal((1, 2), (first.GetProperty("number").GetInt32(), second.GetProperty("number").GetInt32()));
        Assert.Equal(first.GetProperty("first").GetDateTimeOffset(), second.GetProperty("first").GetDateTimeOffset());
        Assert.StartsWith(first.GetProperty("days").GetString()!, second.GetProperty("days").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await bob.VisitAsync());
    }

    [Fact]
    public async Task An_object_is_kept_and_taken_out_once()
    {
        using var visitor = counter.NewVisitor();
        Assert.Empty(await visitor.NotesAsync());
        Assert.Null(visitor.SessionId);

        await visitor.PostAsync("/notes?text=milk");
        await visitor.PostAsync("/notes?text=%C3%A9t%C3%A9");

        Assert.Equal(["milk", "été"], await visitor.NotesAsync());
        Assert.Equal(["milk", "été"], await visitor.TakeNotesAsync());
        Assert.Empty(await visitor.TakeNotesAsync());
    }

    [Fact]
    public async Task A_reset_ends_the_session_and_its_cookie()
    {
        using var visitor = counter.NewVisitor();
        await visitor.VisitAsync();
        var ended = visitor.SessionId;

        await visitor.PostAsync("/reset");

        Assert.Null(visitor.SessionId);
        visitor.SessionId = ended;
        Assert.Equal(1, await visitor.VisitAsync());
        Assert.NotEqual(ended, visitor.SessionId);
    }

    [Fact]
    public async Task A_sign_in_gives_the_session_a_new_id_and_the_old_one_shows_nothing()
    {
        using var visitor = counter.NewVisitor();
        await visitor.PostAsync("/notes?text=milk");
        var old = visitor.SessionId;

        await visitor.PostAsync("/sign-in");

        Assert.NotEqual(old, visitor.SessionId);
        Assert.Equal(["milk"], await visitor.NotesAsync());
        using var thief = counter.NewVisitor();
        thief.SessionId = old;
        Assert.Empty(await thief.NotesAsync());
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    [InlineData("not-an-id")]
    public async Task An_id_that_the_store_does_not_know_is_never_adopted(string id)
    {
        using var visitor = counter.NewVisitor();
        visitor.SessionId = id;

        Assert.Equal(1, await visitor.VisitAsync());
        Assert.NotEqual(id, visitor.SessionId);
        Assert.Equal(2, await visitor.VisitAsync());
    }

    [Fact]
    public async Task Redis_is_asked_asynchronously_for_the_keys_of_the_handler_and_keeps_them_for_every_process()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await counter.StartAsync(redis.ConnectionString);
        await using var second = await counter.StartAsync(redis.ConnectionString);
        using var visitor = new Visitor(first.Address);
        await visitor.PostAsync("/notes?text=milk");
        await visitor.VisitAsync();

        Assert.Equal("HMGET", await redis.MonitorAsync(visitor.NotesAsync));   // the synchronous load is HGETALL
        using var elsewhere = new Visitor(second.Address) { SessionId = visitor.SessionId };
        Assert.Equal(2, await elsewhere.VisitAsync());
        Assert.Equal(["milk"], await elsewhere.NotesAsync());

        await elsewhere.PostAsync("/sign-in");
        visitor.SessionId = elsewhere.SessionId;
        Assert.Equal(3, await visitor.VisitAsync());
        await visitor.PostAsync("/reset");
        Assert.Equal(1, await elsewhere.VisitAsync());
    }
}
