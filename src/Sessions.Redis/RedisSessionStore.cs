using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Sessions;

/// <summary>
/// Keeps a session a hash, a field a key (<see cref="RedisSessionHash"/>). The server applies a delta in one step to what is stored then,
/// so that a save is one round trip and loses nothing.
/// </summary>
internal sealed partial class RedisSessionStore : IListableSessionStore, IAsyncDisposable, IDisposable
{
    private const int MaxAttempts = 100;

    // What a replica does not know yet is not missing.
    private const CommandFlags Master = CommandFlags.DemandMaster;

    private readonly ConditionalWeakTable<IReadOnlyCollection<string>, RedisValue[]> _parts = [];
    private readonly RedisConnection _connection;
    private readonly string _prefix;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public RedisSessionStore(
        IOptions<RedisSessionStoreOptions> options, TimeProvider time, ILogger<RedisSessionStore> logger, IConnectionMultiplexer? shared = null)
    {
        _connection = options.Value.Configuration is { } configuration ? new RedisConnection(configuration)
            : shared is not null ? new RedisConnection(shared)
            : throw new InvalidOperationException(
                "StoreInRedis() finds neither a configuration string nor an IConnectionMultiplexer among the services: give it the one or register the other.");
        (_prefix, _time, _logger) = (options.Value.KeyPrefix, time, logger);
    }

    public SessionRecord? Load(string id)
    {
        try
        {
            return Live(Read(id, _connection.Get().HashGetAll(Key(id), Master)));
        }
        catch (RedisConnectionException exception)
        {
            throw Unavailable(exception);
        }
    }

    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        try
        {
            var database = await _connection.GetAsync(cancellationToken);
            return Live(Read(id, await database.HashGetAllAsync(Key(id), Master)));
        }
        catch (RedisConnectionException exception)
        {
            throw Unavailable(exception);
        }
    }

    public async ValueTask<SessionRecord?> LoadPartAsync(
        string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        // The keys of a handler are one collection for all its requests.
        var names = _parts.GetValue(keys, static keys => [RedisSessionHash.MetadataField, .. keys.Distinct(StringComparer.Ordinal)]);
        try
        {
            var database = await _connection.GetAsync(cancellationToken);
            var values = await database.HashGetAsync(Key(id), names, Master);
            return Live(Read(id, RedisSessionHash.Fields(names, values), keys));
        }
        catch (RedisConnectionException exception)
        {
            throw Unavailable(exception);
        }
    }

    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var arguments = new List<RedisValue> { RedisSessionHash.Metadata(record), KeepFor(record.ExpiresAt) };
        foreach (var (key, value) in SessionPayload.ParseOrEmpty(record.Payload).Entries())
            arguments.AddRange(key, value);
        var reply = await RunAsync(RedisScript.Create, id, [.. arguments], cancellationToken);
        return reply.Outcome == SessionStoreOutcome.Done;
    }

    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var current = delta.Base ?? await LoadAsync(id, cancellationToken);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (SessionRecord.OutcomeOf(current) is var found and not SessionStoreOutcome.Done)
                return new SessionStoreResult(found);
            var saved = delta.Apply(current);
            if (attempt == 0
                && Live(current) is { KnownToStore: RedisKnownHash hash }
                && hash.TryUpdate(delta, saved, KeepFor(saved.ExpiresAt)) is { } update
                && !(await RunAsync(RedisScript.Update, id, update, cancellationToken)).IsChanged)
                return SessionStoreResult.Done(saved);
            var reply = await RunAsync(RedisScript.Save, id, SaveArguments(current!, saved, delta), cancellationToken);
            var stored = reply.Fields is { } fields ? Read(id, fields) : saved;
            if (!reply.IsChanged)
                return new SessionStoreResult(reply.Outcome, reply.Outcome == SessionStoreOutcome.Done ? stored : null);
            current = stored;
        }

        throw GivenUp();
    }

    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        RedisValue[] arguments = [Now, version, RedisSessionHash.Ticks(expiresAt), KeepFor(expiresAt)];
        var reply = await RunAsync(RedisScript.Renew, id, arguments, cancellationToken);
        return new SessionStoreResult(reply.Outcome);
    }

    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var isKnown = attempt == 0 && delta.Base is { LoadedKeys: null };
            var current = isKnown ? delta.Base : await LoadAsync(id, cancellationToken);
            if (SessionRecord.OutcomeOf(current) is var found and not SessionStoreOutcome.Done)
                return new SessionStoreResult(found);

            // On a cluster no step touches two keys. The new record comes first: until the old one is retired nobody knows the new id.
            var rotated = delta.Apply(current);
            if (newId == id || !await CreateAsync(newId, rotated, cancellationToken))
                return new SessionStoreResult(SessionStoreOutcome.IdTaken);
            var tombstone = SessionRecord.Retired(delta.Now);
            var reply = await RunAsync(
                RedisScript.Retire,
                id,
                [Now, current!.Version, RedisSessionHash.Metadata(tombstone), KeepFor(tombstone.ExpiresAt)],
                cancellationToken);
            if (!reply.IsChanged && reply.Outcome == SessionStoreOutcome.Done)
                return SessionStoreResult.Done(rotated);
            await DeleteAsync(newId, CancellationToken.None);
            if (!reply.IsChanged)
                return new SessionStoreResult(reply.Outcome);
        }

        throw GivenUp();
    }

    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        var reply = await RunAsync(RedisScript.Delete, id, [Now], cancellationToken);
        return reply.Outcome;
    }

    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        SessionRecord.OutcomeOf(await LoadPartAsync(id, [], cancellationToken)) == SessionStoreOutcome.Done;

    /// <summary>Does nothing: the server removes what has expired by itself.</summary>
    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    public void Dispose() => _connection.Dispose();
}
