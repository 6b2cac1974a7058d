using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Sessions;

/// <content>Between the store and the server.</content>
internal sealed partial class RedisSessionStore
{
    private const int ListedAtOnce = 100;

    private string Now => RedisSessionHash.Ticks(_time.GetUtcNow());

    public async IAsyncEnumerable<KeyValuePair<string, SessionRecord>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var database = await _connection.GetAsync(cancellationToken);
        RedisValue pattern = string.Concat(_prefix.Select(c => c is '*' or '?' or '[' or ']' or '\\' ? $"\\{c}" : $"{c}")) + "*";
        foreach (var server in database.Multiplexer.GetServers().Where(server => !server.IsReplica))
        {
            var keys = server.KeysAsync(database.Database, pattern, ListedAtOnce, flags: Master).Chunk(ListedAtOnce);
            await foreach (var some in keys.WithCancellation(cancellationToken))
            {
                var hashes = await Task.WhenAll(some.Select(key => ReadHashAsync(database, key))).WaitAsync(cancellationToken);
                foreach (var (key, hash) in some.Zip(hashes))
                {
                    var id = key.ToString()[_prefix.Length..];
                    if (Read(id, hash) is { } record)
                        yield return new(id, record);
                }
            }
        }
    }

    // Under the prefix there may be keys of another type, which are not sessions.
    private static async Task<HashEntry[]> ReadHashAsync(IDatabase database, RedisKey key) =>
        await database.KeyTypeAsync(key, Master) == RedisType.Hash ? await database.HashGetAllAsync(key, Master) : [];

    private RedisKey Key(string id) => _prefix + id;

    private RedisValue KeepFor(DateTimeOffset moment) => RedisSessionHash.MillisecondsUntil(moment, _time.GetUtcNow());

    // The client library takes no token: who waits for the store leaves it, when it is time, by itself.
    private async ValueTask<RedisReply> RunAsync(RedisScript script, string id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(id)];
        try
        {
            var database = await _connection.GetAsync(cancellationToken);
            try
            {
                return new RedisReply(await database.ScriptEvaluateAsync(script.Hash, keys, arguments, Master));
            }
            catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                // A server that is new, or has forgotten. From here on it knows.
                return new RedisReply(await database.ScriptEvaluateAsync(script.Text, keys, arguments, Master | CommandFlags.NoScriptCache));
            }
        }
        catch (RedisConnectionException exception)
        {
            throw Unavailable(exception);
        }
    }

    private static SessionStoreUnavailableException Unavailable(RedisConnectionException exception) =>
        new($"Redis cannot be reached ({exception.FailureType}).", exception);

    private RedisValue[] SaveArguments(SessionRecord current, SessionRecord saved, SessionDelta delta)
    {
        var arguments = new List<RedisValue>(9 + (2 * delta.Set.Count) + delta.Removed.Count)
        {
            Now,
            current.Version,
            RedisSessionHash.Terms(current),
            RedisSessionHash.Terms(saved),
            delta.IsExpiryKept ? "" : RedisSessionHash.Ticks(saved.ExpiresAt),
            KeepFor(saved.ExpiresAt),
            delta.MaxPayloadBytes,
            delta.Cleared,
            delta.Set.Count,
        };
        foreach (var (key, value) in delta.Set)
            arguments.AddRange(key, value);
        foreach (var key in delta.Removed)
            arguments.Add(key);
        return [.. arguments];
    }

    private SessionRecord? Read(string id, HashEntry[] fields, IReadOnlyCollection<string>? loadedKeys = null)
    {
        if (fields.Length == 0)
            return null;
        var record = RedisSessionHash.Read(fields, loadedKeys);
        if (record is null)
            LogUnreadable(_logger, SessionId.Redact(id));
        return record;
    }

    private SessionRecord? Live(SessionRecord? record) => record?.ExpiresAt > _time.GetUtcNow() ? record : null;

    private static SessionStoreException GivenUp() =>
        new($"A session was saved {MaxAttempts} times by other requests while this one tried to; it gives up.");

    [LoggerMessage(EventId = 40, Level = LogLevel.Warning, Message = "What is stored under {RecordId} is damaged or not a session; it is ignored.")]
    private static partial void LogUnreadable(ILogger logger, string recordId);
}
