using System.Globalization;

namespace Sessions.Tests;

/// <summary>A process is killed in the middle of its saves.</summary>
public sealed class KilledProcessTests(SharedPostgres postgres, SharedRedis redis)
{
    private const int MaxMilliseconds = 200;
    private static readonly int Rounds = TestScale.Of(100);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("files")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task What_was_acknowledged_is_there_whole_and_the_next_save_works(string kind)
    {
        await using var store = await TestStore.CreateAsync(kind, postgres, redis);
        Session[] sessions = [await store.NewSessionAsync(), await store.NewSessionAsync(), await store.NewSessionAsync()];
        string[] secrets = [.. sessions.Select(session => session.Id!.Value.Secret)];
        var acknowledged = new long[sessions.Length];
        var (saves, unacknowledged) = (0L, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await using var worker = WorkerProcess.Start([kind, store.Place, "endless", .. secrets]);
            Note(await worker.ReadAsync());
            await Task.Delay(Random.Shared.Next(MaxMilliseconds), Cancel);
            await worker.KillAsync();
            while (await worker.ReadAsync() is { } line)
                Note(line);

            for (var i = 0; i < sessions.Length; i++)
            {
                var session = (await store.Manager.OpenAsync(sessions[i].Id!.Value, Cancel))!;
                var number = NumberedSave.Read(session);
                Assert.InRange(number, acknowledged[i], acknowledged[i] + 1);
                unacknowledged += (int)(number - acknowledged[i]);
                acknowledged[i] = number + 1;
                NumberedSave.Set(session, number + 1);
                await session.SaveAsync(Cancel);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {Rounds} kills, {saves} acknowledged saves, {unacknowledged} stored but not acknowledged");

        void Note(string? line)
        {
            // The last line may have been cut off.
            if (line?.Split(' ') is not [var index, { Length: > 0 } number])
                return;
            saves++;
            var i = int.Parse(index, CultureInfo.InvariantCulture);
            acknowledged[i] = Math.Max(acknowledged[i], long.Parse(number, CultureInfo.InvariantCulture));
        }
    }
}
