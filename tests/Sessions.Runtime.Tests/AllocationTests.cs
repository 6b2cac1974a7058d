using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

public sealed class AllocationTests
{
    private const int Keys = 500;
    private static readonly SessionKey<int> Visits = new("visits", defaultValue: 0);
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_typed_get_of_a_decoded_number_allocates_nothing()
    {
        var session = await OpenAsync();

        AssertAllocatesNothing(() => session.Get(Visits));
        AssertAllocatesNothing(() => session.TryGet(Visits, out var value) ? value : -1);
        AssertAllocatesNothing(() => session.Get<int>("visits"));
    }

    [Fact]
    public async Task A_typed_get_of_a_number_that_this_request_set_allocates_nothing()
    {
        var session = await OpenAsync();
        session.Set(Visits, 5);

        AssertAllocatesNothing(() => session.Get(Visits));
    }

    [Fact]
    public async Task A_typed_get_of_a_missing_number_allocates_nothing()
    {
        var session = await OpenAsync();
        session.Remove(Visits);

        AssertAllocatesNothing(() => session.Get(Visits));
        AssertAllocatesNothing(() => session.Get<int>("missing"));
    }

    [Fact]
    public async Task A_request_that_does_not_touch_its_session_allocates_at_most_200_bytes_more()
    {
        var without = await AllocatedByRequestAsync(static _ => { });
        var with = await AllocatedByRequestAsync(static app => app.UseTypedSessions());

        Assert.InRange(with - without, 1, 200);
    }

    [Fact]
    public async Task A_typed_get_of_a_decoded_object_allocates_nothing()
    {
        var key = new SessionKey<string>("renamed") { FormerNames = ["other"] };
        var session = await OpenAsync();

        AssertAllocatesNothing(() => session.Get<string>("other")!.Length);
        AssertAllocatesNothing(() => session.Get(key).Length);
    }

    [Fact]
    public async Task What_a_merge_allocates_grows_with_the_bytes_of_the_session_and_not_with_its_untouched_keys()
    {
        var few = await MergeAsync(keys: 1);
        var many = await MergeAsync(Keys);

        // An entry of the larger payload takes less than this, and an object at least as much.
        Assert.True(many - few < Keys * 20, $"{few} bytes with one key beside the one that is written, {many} with {Keys}");
    }

    [Fact]
    public async Task What_a_load_and_a_read_allocate_does_not_grow_with_the_session()
    {
        var small = await _sessions.StoreAsync(s => s.Set(Visits, 5));
        var large = await _sessions.StoreAsync(s =>
        {
            for (var i = 0; i < Keys; i++)
                s.Set($"other{i}", new string('x', 200));
            s.Set(Visits, 5);
        });

        Assert.InRange(Measure(() => _sessions.At(large).Get(Visits)) - Measure(() => _sessions.At(small).Get(Visits)), -Keys, Keys);
    }

    private static async Task<long> AllocatedByRequestAsync(Action<IApplicationBuilder> use)
    {
        await using var services = new ServiceCollection().AddTypedSessions().Services.BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        use(app);
        app.Run(static _ => Task.CompletedTask);
        var pipeline = app.Build();
        var context = new DefaultHttpContext { ServiceScopeFactory = services.GetRequiredService<IServiceScopeFactory>() };
        context.Request.Headers.Cookie = $"sessionid={new string('a', SessionId.Length)}";

        const int Requests = 1_000;
        var before = 0L;
        for (var i = -1; i < Requests; i++)
        {
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
            context.Features.Set<SessionRequest>(null);   // as the server does between two requests
            await pipeline(context);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;
    }

    private async Task<long> MergeAsync(int keys)
    {
        var id = await _sessions.StoreAsync(s =>
        {
            for (var i = 0; i < keys; i++)
                s.Set($"other{i}", i);
        });
        var record = _sessions.Record(id)!;
        var delta = new SessionDelta
        {
            Set = [new("visits", new byte[] { (byte)'5' })],
            Now = _sessions.Now,
            Lifetime = _sessions.Services.Lifetime,
        };
        return Measure(() => (int)delta.Apply(record).Version);
    }

    private static long Measure(Func<int> work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertAllocatesNothing(Func<int> read)
    {
        var sum = read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            sum += read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(sum >= 0);
    }

    private async Task<Session> OpenAsync() => await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
    {
        s.Set("other", "text");
        s.Set(Visits, 5);
    }));
}
