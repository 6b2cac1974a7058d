using System.Globalization;
using StackExchange.Redis;

namespace Sessions;

/// <summary>
/// A hash as it was read. While nobody else has written it, its fields can be written without a look at it: the server only compares the
/// metadata.
/// </summary>
/// <param name="metadata">The metadata, as it is stored.</param>
/// <param name="nextPlace">The place of the next key.</param>
/// <param name="entries">What was read of the keys.</param>
/// <param name="places">The place of each.</param>
internal sealed class RedisKnownHash(
    RedisValue metadata, long nextPlace, ArraySegment<KeyValuePair<string, ReadOnlyMemory<byte>>> entries, long[] places)
{
    private const int MaxFields = 16;   // each is looked for among the entries

    /// <summary>The arguments of <see cref="RedisScript.Update"/>; null for a delta that takes more than to write fields.</summary>
    /// <param name="delta">What is saved.</param>
    /// <param name="saved">What it makes of the record.</param>
    /// <param name="keepFor">How long the server keeps the record.</param>
    public RedisValue[]? TryUpdate(SessionDelta delta, SessionRecord saved, RedisValue keepFor)
    {
        if (delta is not { Cleared: false, IsExpiryKept: false, Removed.Count: 0, Set.Count: <= MaxFields })
            return null;
        var next = nextPlace;
        var arguments = new RedisValue[4 + (2 * delta.Set.Count)];
        for (var i = 0; i < delta.Set.Count; i++)
        {
            var (key, value) = delta.Set[i];
            if (PlaceOf(key) is not { } place)
            {
                if (saved.LoadedKeys?.Contains(key) == false)
                    return null;   // it may have a place or not
                place = next++;
            }

            (arguments[4 + (2 * i)], arguments[5 + (2 * i)]) = (key, Placed(place, value.Span));
        }

        arguments[0] = metadata;
        arguments[1] = keepFor;
        arguments[2] = RedisSessionHash.MetadataField;
        arguments[3] = RedisSessionHash.Metadata(saved, next);
        return arguments;
    }

    private long? PlaceOf(string key)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Key == key)
                return places[i];
        }

        return null;
    }

    private static byte[] Placed(long place, ReadOnlySpan<byte> value)
    {
        Span<byte> prefix = stackalloc byte[20];
        place.TryFormat(prefix, out var digits, provider: CultureInfo.InvariantCulture);
        prefix[digits++] = (byte)':';
        return [.. prefix[..digits], .. value];
    }
}
