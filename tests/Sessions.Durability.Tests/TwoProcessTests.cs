namespace Sessions.Tests;

/// <summary>Two processes on one store lose nothing and revive nothing.</summary>
public sealed class TwoProcessTests(SharedPostgres postgres, SharedRedis redis)
{
    private static readonly int Rounds = TestScale.Of(500);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("files")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task Writers_of_different_keys_lose_nothing(string kind)
    {
        await using var store = await TestStore.CreateAsync(kind, postgres, redis);
        await using var first = await WorkerProcess.StartWriterAsync(store);
        await using var second = await WorkerProcess.StartWriterAsync(store);
        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var id = (await store.NewSessionAsync()).Id!.Value;

            var answers = await Task.WhenAll(first.WriteAsync(id, "a", "b"), second.WriteAsync(id, "c", "d"));

            Assert.All(answers.SelectMany(answer => answer), answer => Assert.Equal("saved", answer));
            var saved = (await store.Manager.OpenAsync(id, Cancel))!;
            lost += new[] { "first", "text", "last", "a", "b", "c", "d" }.Count(key => !saved.ContainsKey(key));
        }

        Assert.Equal(0, lost);
    }

    [Theory]
    [InlineData("files")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task A_session_that_was_ended_meanwhile_stays_ended(string kind)
    {
        await using var store = await TestStore.CreateAsync(kind, postgres, redis);
        await using var first = await WorkerProcess.StartWriterAsync(store);
        await using var second = await WorkerProcess.StartWriterAsync(store);
        var revived = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var id = (await store.NewSessionAsync()).Id!.Value;

            var writing = Task.WhenAll(first.WriteAsync(id, "a", "b"), second.WriteAsync(id, "c", "d"));
            await Task.Delay(round % 5, Cancel);
            await store.Manager.DeleteAsync(id, Cancel);
            await writing;

            if (await store.Manager.ExistsAsync(id, Cancel))
                revived++;
        }

        Assert.Equal(0, revived);
    }

    [Theory]
    [InlineData("files")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task What_was_saved_goes_along_with_a_rotation_and_the_old_id_stays_dead(string kind)
    {
        string[] keys = ["a", "b", "c", "d"];
        await using var store = await TestStore.CreateAsync(kind, postgres, redis);
        await using var first = await WorkerProcess.StartWriterAsync(store);
        await using var second = await WorkerProcess.StartWriterAsync(store);
        for (var round = 0; round < Rounds; round++)
        {
            var session = await store.NewSessionAsync();
            var id = session.Id!.Value;

            var writing = Task.WhenAll(first.WriteAsync(id, "a", "b"), second.WriteAsync(id, "c", "d"));
            await Task.Delay(round % 5, Cancel);
            session.CycleId();
            await session.SaveAsync(Cancel);
            var answers = (await writing).SelectMany(answer => answer);

            Assert.False(await store.Manager.ExistsAsync(id, Cancel));
            var rotated = (await store.Manager.OpenAsync(session.Id!.Value, Cancel))!;
            Assert.Equal(keys.Zip(answers).Where(pair => pair.Second == "saved").Select(pair => pair.First), keys.Where(key => rotated.ContainsKey(key)));
        }
    }
}
