using System.Text;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>Stored data that is damaged or of an unknown version.</summary>
public sealed class UnreadablePayloadTests
{
    private readonly TestSessions _sessions = new();

    public static TheoryData<string> Damages => ["empty", "foreign", "truncated", "longer", "unknown version", "unknown expiry"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_unreadable_payload_loads_as_an_empty_session_with_one_warning(string damage)
    {
        var id = await StoreAsync(damage);
        var session = _sessions.At(id);

        Assert.Empty(session.Keys);
        Assert.Null(session.Get<string>("a"));
        Assert.Equal(TimeSpan.FromDays(14), session.GetExpiryAge());
        Assert.False(session.Modified);
        Assert.Equal(id, session.Id);
        Assert.False(session.IsNew);

        var warning = Assert.Single(_sessions.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.DoesNotContain("hunter2", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task The_next_write_replaces_an_unreadable_payload_under_the_same_id(string damage)
    {
        var id = await StoreAsync(damage);
        var session = _sessions.At(id);

        session.Set("b", 2);
        var next = await _sessions.ReopenAsync(session);

        Assert.Equal(id, next.Id);
        Assert.Equal(["b"], next.Keys);
        Assert.Single(_sessions.Logs.GetSnapshot());
    }

    [Fact]
    public async Task A_read_of_an_unreadable_payload_leaves_it_as_it_is()
    {
        var id = await StoreAsync("truncated");
        var before = _sessions.Record(id)!.Payload.ToArray();
        var session = _sessions.At(id);

        _ = session.Items;
        await _sessions.SaveAsync(session);

        Assert.Equal(before, _sessions.Record(id)!.Payload.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public async Task A_payload_that_holds_a_key_twice_fails_no_request(int entries)
    {
        var keys = Enumerable.Range(0, entries).Select(i => $"{(char)('\u0400' + i)}").ToArray();
        var id = await _sessions.StoreBytesAsync([.. keys.Select(key => (key, "1"u8.ToArray()))]);
        var good = _sessions.Record(id)!;
        var bytes = good.Payload.ToArray();
        Encoding.UTF8.GetBytes(keys[0]).CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(keys[1]))));
        var twice = await _sessions.StoreRecordAsync(new SessionRecord
        {
            Payload = bytes,
            Version = good.Version,
            CreatedAt = good.CreatedAt,
            ExpiresAt = good.ExpiresAt,
        });
        var session = await _sessions.OpenAsync(twice);

        Assert.False(session.ContainsKey(keys[1]));
        Assert.All(keys, key => session.TryGet<int>(key, out _));
        Assert.Equal(session.Keys.Distinct(), session.Keys);
        Assert.Equal(session.Count, session.Items.Count);

        session.Set(keys[0], 2);
        Assert.Equal(2, (await _sessions.ReopenAsync(session)).Get<int>(keys[0]));
    }

    private async Task<SessionId> StoreAsync(string damage)
    {
        var good = _sessions.Record(await _sessions.StoreAsync(s => s.Set("a", "hunter2")))!;
        var bytes = good.Payload.ToArray();
        byte[] damaged = damage switch
        {
            "empty" => [],
            "foreign" => [.. """{"a":"hunter2"}"""u8],
            "truncated" => bytes[..^1],
            "longer" => [.. bytes, 0],
            "unknown version" => [SessionPayload.FormatVersion + 1, .. bytes[1..]],
            _ => [bytes[0], 200, .. bytes[2..]],
        };
        return await _sessions.StoreRecordAsync(new SessionRecord
        {
            Payload = damaged,
            Version = good.Version,
            CreatedAt = good.CreatedAt,
            ExpiresAt = good.ExpiresAt,
        });
    }
}
