using StackExchange.Redis;

namespace Sessions;

/// <summary>What a script answers: a word alone, or with the fields that belong to it.</summary>
internal readonly struct RedisReply(RedisResult result)
{
    private readonly string? _word = (string?)(result.Length < 0 ? result : result[0]);

    /// <summary>The record is not as the client took it to be: nothing was done.</summary>
    public bool IsChanged => _word == "changed";

    /// <summary>What was found, for every other answer.</summary>
    public SessionStoreOutcome Outcome => _word switch
    {
        "done" => SessionStoreOutcome.Done,
        "missing" => SessionStoreOutcome.Missing,
        "retired" => SessionStoreOutcome.Retired,
        "taken" => SessionStoreOutcome.IdTaken,
        "large" => throw new SessionTooLargeException(
            $"Together with what other requests stored meanwhile, the session would take more than {nameof(TypedSessionOptions.MaxPayloadBytes)} allows."),
        _ => throw new SessionStoreException($"A script of the Redis store answered '{_word}', which it never does."),
    };

    /// <summary>The whole hash as it is now; null where the client knows it.</summary>
    public HashEntry[]? Fields => result.Length < 2 ? null
        : [.. ((RedisValue[])result[1]!).Chunk(2).Select(pair => new HashEntry(pair[0], pair[1]))];
}
