using CsCheck;

namespace Sessions.Tests;

public sealed class SessionPayloadTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 13, 8, 0, 0, TimeSpan.Zero);
    private static readonly SessionLifetime Lifetime = new(TimeSpan.FromDays(14), null);

    private static readonly Gen<string> Keys = Gen.OneOf(
        Gen.Char['a', 'e'].Select(c => $"{c}"),
        Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['\u0000', '\uD7FF'], Gen.Char['_', '_']).Array[1, 256].Select(chars => new string(chars)));

    private static readonly Gen<byte[]> Values = Gen.OneOf(Gen.Byte.Array[0, 10], Gen.Byte.Array[100, 300]);

    private static readonly Gen<(string Key, byte[] Value)[]> Entries =
        Gen.Select(Keys, Values).Array[0, 8].Select(entries => entries.DistinctBy(entry => entry.Item1).ToArray());

    private static readonly Gen<SessionExpiry> Expiries = Gen.OneOf(
        Gen.Const(SessionExpiry.Default),
        Gen.Const(SessionExpiry.BrowserClose),
        Gen.Long[1, long.MaxValue].Select(ticks => SessionExpiry.AfterIdle(new TimeSpan(ticks))),
        Gen.Long[0, DateTimeOffset.MaxValue.Ticks].Select(ticks => SessionExpiry.AtMoment(new DateTimeOffset(ticks, TimeSpan.Zero))));

    [Fact]
    public void What_is_written_is_parsed() => Gen.Select(Entries, Expiries).Sample((entries, expiry) =>
    {
        Assert.True(SessionPayload.TryParse(Write(entries, expiry), out var payload));

        Assert.Equal(expiry, payload.Expiry);
        Assert.Equal(entries.Length, payload.Count);
        Assert.Equal(entries.Sum(entry => SessionPayloadWriter.SizeOf(entry.Key, entry.Value.Length)), payload.Size);
        Assert.Equal(entries.Select(entry => entry.Key), payload.Entries().Select(entry => entry.Key));
        Assert.Equal(entries.Select(entry => entry.Value), payload.Entries().Select(entry => entry.Value.ToArray()));
        Assert.All(entries, entry =>
        {
            Assert.True(payload.TryFind(entry.Key, out var value));
            Assert.Equal(entry.Value, value.ToArray());
        });
    });

    [Fact]
    public void A_key_that_is_not_there_is_not_found() => Gen.Select(Entries, Keys).Sample((entries, key) =>
    {
        Assert.True(SessionPayload.TryParse(Write(entries, default), out var payload));

        Assert.Equal(entries.Any(entry => entry.Key == key), payload.TryFind(key, out _));
        Assert.False(payload.TryFind("", out _));
        Assert.False(payload.TryFind(new string('a', 257), out _));
    });

    [Fact]
    public void Values_are_looked_into_and_not_copied()
    {
        var bytes = Write([("a", [1, 2, 3])], default);
        Assert.True(SessionPayload.TryParse(bytes, out var payload));

        Assert.True(payload.TryFind("a", out var found));

        Assert.True(bytes.AsSpan().Overlaps(found.Span));
        Assert.True(bytes.AsSpan().Overlaps(payload.Entries().Single().Value.Span));
    }

    [Fact]
    public void Merges_agree_with_a_dictionary() => Gen.Select(Entries, Entries, Keys.Array[0, 4], Gen.Bool).Sample(
        (stored, changes, removed, cleared) =>
        {
            (string Key, byte[] Value)[] set = [.. changes.Where(entry => !removed.Contains(entry.Key))];
            var model = cleared ? [] : stored.Where(entry => !removed.Contains(entry.Key)).ToList();
            foreach (var entry in set)
            {
                var place = model.FindIndex(other => other.Key == entry.Key);
                if (place < 0)
                    model.Add(entry);
                else
                    model[place] = entry;
            }

            var merged = Merge(Write(stored, SessionExpiry.BrowserClose), set, removed, cleared);

            Assert.Equal(Write([.. model], SessionExpiry.BrowserClose), merged);
        });

    [Fact]
    public void Whatever_is_cut_off_is_refused() => Entries.Sample(entries =>
    {
        var bytes = Write(entries, SessionExpiry.AfterIdle(TimeSpan.FromDays(1)));
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(SessionPayload.TryParse(bytes.AsMemory(0, length), out _), $"{length} of {bytes.Length} bytes");
        Assert.False(SessionPayload.TryParse((byte[])[.. bytes, 0], out _));
    });

    [Fact]
    public void With_any_bit_flipped_it_is_parsed_or_refused() => Entries.Where(entries => entries.Length > 0).Sample(
        entries =>
        {
            var bytes = Write(entries, SessionExpiry.AtMoment(Now));
            for (var bit = 0; bit < Math.Min(bytes.Length * 8, 2_000); bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Use(bytes);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        },
        iter: 30);

    [Fact]
    public void Any_bytes_are_parsed_or_refused() => Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Gen.Byte[0, 6].Array[0, 12].Select(bytes => (byte[])[SessionPayload.FormatVersion, 0, 0, .. bytes])).Sample(Use, iter: 10_000);

    [Fact]
    public void A_damaged_record_counts_as_empty_to_a_delta()
    {
        var damaged = new SessionRecord { Payload = new byte[] { 9, 9, 9 }, Version = 4, CreatedAt = Now, ExpiresAt = Now.AddDays(1) };

        var merged = new SessionDelta { Set = [new("a", new byte[] { 1 })], Now = Now.AddHours(1), Lifetime = Lifetime }.Apply(damaged);

        Assert.Equal(Write([("a", [1])], default), merged.Payload.ToArray());
        Assert.Equal(5, merged.Version);
        Assert.Equal(Now, merged.CreatedAt);
        Assert.Equal(Now.AddHours(1).AddDays(14), merged.ExpiresAt);
    }

    [Fact]
    public void A_key_that_is_removed_and_set_comes_last_and_of_one_set_twice_the_later_value_counts()
    {
        var stored = Write([("a", [1]), ("b", [2]), ("c", [3])], default);

        Assert.Equal(Write([("b", [2]), ("c", [3]), ("a", [9])], default), Merge(stored, [("a", [9])], ["a"], cleared: false));
        Assert.Equal(Write([("a", [1]), ("b", [9]), ("c", [3])], default), Merge(stored, [("b", [8]), ("b", [9])], [], cleared: false));
    }

    [Fact]
    public void A_key_that_a_damaged_payload_holds_twice_is_removed_and_replaced_whole()
    {
        var twice = Write([("a", [1]), ("b", [2]), ("a", [3])], default);

        Assert.Equal(Write([("b", [2])], default), Merge(twice, [], ["a"], cleared: false));
        Assert.Equal(Write([("a", [9]), ("b", [2])], default), Merge(twice, [("a", [9])], [], cleared: false));
    }

    // What a session does with a payload must not throw, whatever the payload holds.
    private static void Use(byte[] bytes)
    {
        if (!SessionPayload.TryParse(bytes, out var payload))
            return;
        Assert.Equal(payload.Count, payload.Entries().Count());
        Assert.All(payload.Entries().Where(entry => entry.Key.Length <= 256), entry => payload.TryFind(entry.Key, out _));
        _ = new SessionEntries(new SessionRecord { Payload = bytes, Version = 1, CreatedAt = Now, ExpiresAt = Now }, payload).Names();
        Assert.True(SessionPayload.TryParse(Merge(bytes, [("new", [1])], ["a"], cleared: false), out var merged));
        Assert.True(merged.TryFind("new", out _));
    }

    private static byte[] Write((string Key, byte[] Value)[] entries, SessionExpiry expiry) => new SessionDelta
    {
        Set = [.. entries.Select(entry => new KeyValuePair<string, ReadOnlyMemory<byte>>(entry.Key, entry.Value))],
        Expiry = expiry,
        Now = Now,
        Lifetime = Lifetime,
    }.Apply(null).Payload.ToArray();

    private static byte[] Merge(byte[] stored, (string Key, byte[] Value)[] set, string[] removed, bool cleared) => new SessionDelta
    {
        Cleared = cleared,
        Set = [.. set.Select(entry => new KeyValuePair<string, ReadOnlyMemory<byte>>(entry.Key, entry.Value))],
        Removed = removed,
        Now = Now,
        Lifetime = Lifetime,
    }.Apply(new SessionRecord { Payload = stored, Version = 1, CreatedAt = Now, ExpiresAt = Now }).Payload.ToArray();
}
