using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests;

/// <summary>What holds over HTTP when requests of one session overlap, on any store that compares and swaps.</summary>
public abstract class SessionConcurrencyContract : IAsyncLifetime
{
    private static readonly int Rounds = TestScale.Of(500);
    private readonly ConcurrentDictionary<string, Gate> _gates = new();
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        _app = await TestApp.StartAsync(Map, sessions: Store);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void Store(SessionsBuilder sessions);

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task Concurrent_writes_of_different_keys_both_survive()
    {
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var id = (await _app.GetAsync("/set/base")).Id!;
            var gate = _gates[$"{round}"] = new Gate(2);
            var a = _app.GetAsync($"/slow-set/a?gate={round}", id);
            var b = _app.GetAsync($"/slow-set/b?gate={round}", id);
            await gate.Arrived;
            gate.Open();

            Assert.Equal([200, 200], (await Task.WhenAll(a, b)).Select(answer => answer.Status));
            if ((await _app.GetAsync("/keys", id)).Body is not ("base,a,b" or "base,b,a"))
                lost++;
        }

        Assert.Equal(0, lost);
    }

    [Theory]
    [InlineData("/flush")]
    [InlineData("/flush-set")]
    public async Task A_slow_request_never_revives_a_session_that_was_signed_out(string signOut)
    {
        for (var round = 0; round < Rounds / 2; round++)
        {
            var id = (await _app.GetAsync("/set/base")).Id!;
            var gate = _gates[$"{round}"] = new Gate(1);
            var slow = _app.GetAsync($"/slow-set/a?gate={round}", id);
            await gate.Arrived;
            Assert.Equal(200, (await _app.GetAsync(signOut, id)).Status);
            gate.Open();

            var late = await slow;
            Assert.Equal(400, late.Status);
            Assert.Empty(late.SetCookies);
            Assert.Equal("", (await _app.GetAsync("/keys", id)).Body);
        }
    }

    [Fact]
    public async Task A_late_request_with_a_rotated_id_sees_nothing_and_signs_nobody_out()
    {
        for (var round = 0; round < Rounds / 4; round++)
        {
            var id = (await _app.GetAsync("/set/base")).Id!;
            var gate = _gates[$"{round}"] = new Gate(2);
            var slowRead = _app.GetAsync($"/slow-keys?gate={round}", id);
            var slowWrite = _app.GetAsync($"/slow-set/a?gate={round}", id);
            await gate.Arrived;
            var rotated = (await _app.GetAsync("/sign-in", id)).Id!;
            gate.Open();

            // Loaded before the rotation: the reader shows what it had, the writer is interrupted, neither touches the cookie.
            Assert.Empty((await slowRead).SetCookies);
            Assert.Equal(400, (await slowWrite).Status);
            Assert.Empty((await slowWrite).SetCookies);

            // Sent after it: nothing of the session, no cookie, no deletion, whatever the request does.
            var read = await _app.GetAsync("/keys", id);
            Assert.Equal(("", 0), (read.Body, read.SetCookies.Count));
            var write = await _app.GetAsync("/set/a", id);
            Assert.Equal((400, 0), (write.Status, write.SetCookies.Count));
            var flush = await _app.GetAsync("/flush", id);
            Assert.Equal((200, 0), (flush.Status, flush.SetCookies.Count));
            var clear = await _app.GetAsync("/clear", id);
            Assert.Equal((400, 0), (clear.Status, clear.SetCookies.Count));
            var change = await _app.GetAsync("/flush-set", id);
            Assert.Equal((400, 0), (change.Status, change.SetCookies.Count));
            Assert.Equal("base,user", (await _app.GetAsync("/keys", rotated)).Body);
        }
    }

    [Fact]
    public async Task Of_two_rotations_at_once_one_wins_and_the_other_is_interrupted()
    {
        for (var round = 0; round < Rounds / 4; round++)
        {
            var id = (await _app.GetAsync("/set/base")).Id!;
            var gate = _gates[$"{round}"] = new Gate(2);
            var requests = new[] { _app.GetAsync($"/slow-sign-in?gate={round}", id), _app.GetAsync($"/slow-sign-in?gate={round}", id) };
            await gate.Arrived;
            gate.Open();

            var answers = await Task.WhenAll(requests);
            Assert.Equal([200, 400], answers.Select(answer => answer.Status).Order());
            Assert.Equal("base,user", (await _app.GetAsync("/keys", answers.Single(answer => answer.Status == 200).Id)).Body);
        }
    }

    [Fact]
    public async Task Rotations_among_requests_in_flight_lose_nothing_and_sign_nobody_out()
    {
        var random = new Random();
        var jar = new CookieJar();
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await jar.GetAsync(_app, "/sign-in");
        for (var round = 0; round < TestScale.Of(1000); round++)
        {
            var old = jar["sessionid"];
            var gate = _gates[$"{round}"] = new Gate(3);
            Task<TestAnswer> Send(string path) => _app.GetAsync(path, old);
            Task<TestAnswer>[] held = [Send($"/slow-keys?gate={round}"), Send($"/slow-set/x?gate={round}"), Send($"/slow-set/y?gate={round}")];
            await gate.Arrived;
            var rotating = Task.WhenAll(Send("/sign-in"), Send("/sign-in"));
            var writing = Task.WhenAll(Send($"/put/a/{round}"), Send($"/put/b/{round}"));
            var reading = Send("/keys");
            var (rotations, writes, read) = (await rotating, await writing, await reading);
            gate.Open();
            var late = await Task.WhenAll(held);

            // One rotation wins. What comes after it is told nothing and changes nothing.
            var winner = Assert.Single(rotations, rotation => rotation.Status == 200);
            Assert.NotEqual(old, winner.Id);
            Assert.Equal([200, 400, 400], late.Select(answer => answer.Status));
            var refused = rotations.Concat(writes).Where(answer => answer.Status != 200).ToArray();
            Assert.All(refused, answer => Assert.Equal(400, answer.Status));
            Assert.All([.. late, .. refused, read], answer => Assert.Empty(answer.SetCookies));
            foreach (var (key, write) in new[] { "a", "b" }.Zip(writes).Where(pair => pair.Second.Status == 200))
            {
                kept[key] = $"{round}";
                Assert.Equal(old, write.Id);
            }

            // A write that was saved before the rotation renews the cookie of then, and is answered first; the others in any order.
            TestAnswer[] answers = [winner, .. refused, read, .. late];
            random.Shuffle(answers);
            foreach (var answer in writes.Where(write => write.Status == 200).Concat(answers))
                jar.Take(answer);

            Assert.Equal(winner.Id, jar["sessionid"]);
            var next = await jar.GetAsync(_app, "/values");
            Assert.Equal($"ada {string.Join(' ', kept)}", next.Body);
            var dead = await Send("/values");
            Assert.Equal((" ", 0), (dead.Body, dead.SetCookies.Count));
        }
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/put/{key}/{value}", (HttpContext context, string key, string value) => context.GetSession().Set(key, value));
        app.MapGet("/values", (HttpContext context) =>
        {
            var session = context.GetSession();
            var values = new[] { "a", "b", "x", "y" }.Where(session.ContainsKey).Select(key => KeyValuePair.Create(key, session.Get<string>(key)));
            return $"{session.Get<string>("user")} {string.Join(' ', values)}";
        });
        app.MapGet("/set/{key}", (HttpContext context, string key) => context.GetSession().Set(key, 1));
        app.MapGet("/keys", (HttpContext context) => string.Join(',', context.GetSession().Keys));
        app.MapGet("/clear", (HttpContext context) => context.GetSession().Clear());
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
        app.MapGet("/flush-set", (HttpContext context) =>
        {
            context.GetSession().Flush();
            context.GetSession().Set("other", 1);
        });
        app.MapGet("/sign-in", (HttpContext context) => SignIn(context.GetSession()));
        app.MapGet("/slow-sign-in", async (HttpContext context, string gate) =>
        {
            await context.GetSession().LoadAsync();
            await _gates[gate].PassAsync();
            SignIn(context.GetSession());
        });
        app.MapGet("/slow-set/{key}", async (HttpContext context, string key, string gate) =>
        {
            await context.GetSession().LoadAsync();
            await _gates[gate].PassAsync();
            context.GetSession().Set(key, 1);
        });
        app.MapGet("/slow-keys", async (HttpContext context, string gate) =>
        {
            var keys = string.Join(',', context.GetSession().Keys);
            await _gates[gate].PassAsync();
            return keys;
        });
    }

    private static void SignIn(Session session)
    {
        session.CycleId();
        session.Set("user", "ada");
    }
}
