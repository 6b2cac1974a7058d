using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>Which tickets a user has: a record a user, an entry a ticket. Deltas merge, so that sign-ins at once do not lose each other.</summary>
/// <remarks>
/// <code>
/// record   v1u. and the SHA-256 of the user's id: no cookie names it
/// key      an underscore and the ticket's handle
/// value    two times in ticks of UTC, eight bytes each, the lowest first: when the ticket was made, and when it expires
/// </code>
/// </remarks>
internal sealed partial class UserTicketIndex(ISessionStore store, TimeProvider time, ILogger logger)
{
    private const string Version = "v1u.";
    private const int MaxAttempts = 10;

    // An expired record may go on taking its id. This one's is wanted again when the user comes back.
    private static readonly TimeSpan KeptAfterLast = TimeSpan.FromDays(365);

    /// <summary>The user's tickets, expired ones among them.</summary>
    public async ValueTask<List<UserSession>> ReadAsync(string userId, CancellationToken cancellationToken) =>
        EntriesOf(await store.LoadAsync(IdOf(userId), cancellationToken));

    /// <summary>Adds a ticket or moves its expiry, drops expired ones, and gives those there are.</summary>
    public async ValueTask<List<UserSession>> PutAsync(string userId, UserSession ticket, CancellationToken cancellationToken)
    {
        var id = IdOf(userId);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var record = await store.LoadAsync(id, cancellationToken);
            var delta = DeltaOf(record, ticket);
            if (record is not null)
            {
                // Another save that knew of a shorter life only must not have the last word.
                var result = await store.SaveAsync(id, delta, cancellationToken);
                if (result.Outcome == SessionStoreOutcome.Done && EntriesOf(result.Record) is var entries && result.Record!.ExpiresAt >= Latest(entries))
                    return entries;
            }
            else if (delta.Apply(null) is var created && await store.CreateAsync(id, created, cancellationToken))
            {
                return EntriesOf(created);
            }
            else if (attempt == 1)
            {
                await store.ClearExpiredAsync(cancellationToken: cancellationToken);   // not another sign-in, then: an old record
            }
        }

        throw new SessionStoreException($"The list of a user's sessions could not be written in {MaxAttempts} attempts.");
    }

    /// <summary>Takes tickets off the list. A user without a list is no error.</summary>
    public async ValueTask RemoveAsync(string userId, IReadOnlyCollection<string> handles, CancellationToken cancellationToken)
    {
        if (handles.Count == 0)
            return;
        var delta = DeltaOf(expiry: null, removed: handles);
        await store.SaveAsync(IdOf(userId), delta, cancellationToken);
    }

    private SessionDelta DeltaOf(SessionRecord? record, UserSession ticket)
    {
        var entries = EntriesOf(record);
        var now = time.GetUtcNow();
        var last = Latest(entries.Append(ticket));
        var expiresAt = last < DateTimeOffset.MaxValue - KeptAfterLast ? last + KeptAfterLast : DateTimeOffset.MaxValue;
        return DeltaOf(
            SessionExpiry.AtMoment(expiresAt), [.. entries.Where(entry => entry.ExpiresAt <= now).Select(entry => entry.Handle)], ticket, record);
    }

    private SessionDelta DeltaOf(
        SessionExpiry? expiry, IReadOnlyCollection<string> removed, UserSession? ticket = null, SessionRecord? record = null) => new()
    {
        Base = record,
        Set = ticket is null ? [] : [KeyValuePair.Create(KeyOf(ticket.Handle), ValueOf(ticket))],
        Removed = [.. removed.Where(handle => handle != ticket?.Handle).Select(KeyOf)],
        Expiry = expiry,
        Now = time.GetUtcNow(),
        Lifetime = new SessionLifetime(KeptAfterLast, AbsoluteTimeout: null),
    };

    private List<UserSession> EntriesOf(SessionRecord? record)
    {
        var entries = new List<UserSession>();
        if (record is null)
            return entries;
        if (!SessionPayload.TryParse(record.Payload, out var payload))
            LogUnreadable(logger);
        foreach (var (key, value) in payload.Entries())
        {
            if (SessionSerializers.WithoutTag(value.Span) is { Length: 2 * sizeof(long) } times
                && TryRead(times, out var createdAt) && TryRead(times[sizeof(long)..], out var expiresAt))
                entries.Add(new UserSession(key[1..], createdAt, expiresAt));
        }

        return entries;
    }

    private static DateTimeOffset Latest(IEnumerable<UserSession> entries) =>
        entries.Select(entry => entry.ExpiresAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    private static string IdOf(string userId) => Version + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)));

    private static string KeyOf(string handle) => $"_{handle}";

    private static ReadOnlyMemory<byte> ValueOf(UserSession ticket)
    {
        var times = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(times, ticket.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(times.AsSpan(sizeof(long)), ticket.ExpiresAt.UtcTicks);
        return SessionSerializers.FromBytes(times);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var isTime = ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks;
        time = isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isTime;
    }

    [LoggerMessage(EventId = 70, Level = LogLevel.Warning, Message =
        "The list of a user's sessions is damaged; sessions that it named go on, and are not listed.")]
    private static partial void LogUnreadable(ILogger logger);
}
