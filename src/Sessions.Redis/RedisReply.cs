using StackExchange.Redis;

namespace Sessions;

/// <summary>What a script answers: a word, and what belongs to it.</summary>
internal readonly struct RedisReply(RedisResult result)
{
    /// <summary>The record is not as the client took it to be: nothing was done.</summary>
    public bool IsChanged => Word == "changed";

    /// <summary>What was found, for every other answer.</summary>
    public SessionStoreOutcome Outcome => Word switch
    {
        "done" => SessionStoreOutcome.Done,
        "missing" => SessionStoreOutcome.Missing,
        "retired" => SessionStoreOutcome.Retired,
        "taken" => SessionStoreOutcome.IdTaken,
        "large" => throw new SessionTooLargeException(
            $"Together with what other requests stored meanwhile, the session would take more than {nameof(TypedSessionOptions.MaxPayloadBytes)} allows."),
        _ => throw new SessionStoreException($"A script of the Redis store answered '{Word}', which it never does."),
    };

    /// <summary>The whole hash as it is now; null where the client knows it.</summary>
    public HashEntry[]? Fields => result.Length < 2 ? null
        : [.. ((RedisValue[])result[1]!).Chunk(2).Select(pair => new HashEntry(pair[0], pair[1]))];

    private string? Word => (string?)result[0];
}
