namespace Sessions;

/// <content>Calls at once.</content>
public abstract partial class SessionStoreContract
{
    private static readonly int[] Racers = [0, 1, 2, 3];

    [Fact]
    public async Task Writers_of_different_keys_at_once_lose_nothing()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("base", "0"));
            var id = await StoreAsync(record);

            var results = await RaceAsync(Racers.Select(racer => (Func<Task<SessionStoreResult>>)(async () =>
                await Store.SaveAsync(id, Change(record, set: [($"key{racer}", $"{round}")]), Cancel))));

            var saved = await LiveAsync(id);
            Assert.True(Holds(saved, "base", "0"));
            Assert.Equal(record.Version + Racers.Length, saved.Version);
            Assert.All(Racers, racer =>
            {
                Assert.Equal(SessionStoreOutcome.Done, results[racer].Outcome);
                Assert.True(Holds(results[racer].Record!, $"key{racer}", $"{round}"));
                Assert.True(Holds(saved, $"key{racer}", $"{round}"));
            });
        }
    }

    [Fact]
    public async Task Of_creations_of_one_id_at_once_one_wins()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var id = NewId();

            var created = await RaceAsync(Racers.Select(racer => (Func<Task<bool>>)(async () =>
                await Store.CreateAsync(id, NewRecord(("creator", $"{racer}")), Cancel))));

            var winner = Assert.Single(Racers, racer => created[racer]);
            AssertEntries(await LiveAsync(id), ("creator", $"{winner}"));
        }
    }

    [Fact]
    public async Task Of_rotations_of_one_session_at_once_one_wins()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("a", "1"));
            var id = await StoreAsync(record);
            string[] newIds = [.. Racers.Select(_ => NewId())];

            var outcomes = await RaceAsync(Racers.Select(racer => (Func<Task<SessionStoreOutcome>>)(async () =>
                (await Store.RotateAsync(id, newIds[racer], Change(record, set: [("by", $"{racer}")]), Cancel)).Outcome)));

            var winner = Assert.Single(Racers, racer => outcomes[racer] == SessionStoreOutcome.Done);
            AssertEntries(await LiveAsync(newIds[winner]), ("a", "1"), ("by", $"{winner}"));
            Assert.True(await IsRetiredAsync(id));
            foreach (var loser in Racers.Where(racer => racer != winner))
            {
                Assert.Equal(SessionStoreOutcome.Retired, outcomes[loser]);
                await AssertUnknownAsync(newIds[loser]);
            }
        }
    }

    [Fact]
    public async Task A_save_or_a_renewal_that_races_a_deletion_never_revives_the_session()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("a", "1"));
            var id = await StoreAsync(record);

            var outcomes = await RaceAsync(
                async () => await Store.DeleteAsync(id, Cancel),
                async () => (await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel)).Outcome,
                async () => (await Store.RenewAsync(id, record.Version, Now + CookieAge, Cancel)).Outcome);

            Assert.Equal(SessionStoreOutcome.Done, outcomes[0]);
            Assert.All(outcomes, outcome => Assert.True(outcome is SessionStoreOutcome.Done or SessionStoreOutcome.Missing, $"{outcome}"));
            await AssertUnknownAsync(id);
        }
    }

    [Fact]
    public async Task A_rotation_that_races_a_deletion_moves_the_session_or_finds_it_gone()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("a", "1"));
            var (id, newId) = (await StoreAsync(record), NewId());

            var outcomes = await RaceAsync(
                async () => await Store.DeleteAsync(id, Cancel),
                async () => (await Store.RotateAsync(id, newId, Change(record), Cancel)).Outcome);

            var rotated = outcomes[1] == SessionStoreOutcome.Done;
            Assert.Equal(
                rotated ? [SessionStoreOutcome.Retired, SessionStoreOutcome.Done] : [SessionStoreOutcome.Done, SessionStoreOutcome.Missing],
                outcomes);
            Assert.Equal(rotated, await IsRetiredAsync(id));
            Assert.Equal(rotated, await Store.ExistsAsync(newId, Cancel));
        }
    }

    [Fact]
    public async Task A_save_that_races_a_rotation_goes_along_or_is_refused()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("a", "1"));
            var (id, newId) = (await StoreAsync(record), NewId());

            var outcomes = await RaceAsync(
                async () => (await Store.RotateAsync(id, newId, Change(record, set: [("c", "3")]), Cancel)).Outcome,
                async () => (await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel)).Outcome);

            var rotated = await LiveAsync(newId);
            Assert.Equal(SessionStoreOutcome.Done, outcomes[0]);
            Assert.Equal(Holds(rotated, "b", "2") ? SessionStoreOutcome.Done : SessionStoreOutcome.Retired, outcomes[1]);
            Assert.True(Holds(rotated, "a", "1") && Holds(rotated, "c", "3"));
            Assert.True(await IsRetiredAsync(id));
        }
    }

    [Fact]
    public async Task A_renewal_that_races_a_save_takes_nothing_back()
    {
        SkipUnlessAtomic();
        for (var round = 0; round < Rounds; round++)
        {
            var record = NewRecord(("a", "1"));
            var id = await StoreAsync(record);

            var outcomes = await RaceAsync(
                async () => (await Store.RenewAsync(id, record.Version, Now + TimeSpan.FromDays(1), Cancel)).Outcome,
                async () => (await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel)).Outcome);

            var saved = await LiveAsync(id);
            Assert.Equal([SessionStoreOutcome.Done, SessionStoreOutcome.Done], outcomes);
            AssertEntries(saved, ("a", "1"), ("b", "2"));
            Assert.Equal(record.Version + 1, saved.Version);
            Assert.Equal(Now + CookieAge, saved.ExpiresAt);
        }
    }
}
