using System.Buffers.Text;
using System.Globalization;
using StackExchange.Redis;

namespace Sessions;

/// <summary>A record as the fields of a hash, and back.</summary>
/// <remarks>
/// <code>
/// field       value
/// (empty)     the metadata: version, expiry, next place, size of all entries, terms; a tombstone has no other field
/// each key    its place, a colon, and the bytes of its value: a hash has no order, the entries of a session do
///
/// expiry      UTC ticks, 19 digits
/// terms       what the expiry follows from: creation (UTC ticks), SessionExpiryKind, its ticks
/// </code>
/// Numbers are decimal, fields of the metadata are separated by a space. The scripts read and write the same.
/// </remarks>
internal static class RedisSessionHash
{
    public static readonly RedisValue MetadataField = RedisValue.EmptyString;

    /// <param name="record">The record.</param>
    /// <param name="nextPlace">The place of the next key; null: each key has been given one, from 0.</param>
    public static string Metadata(SessionRecord record, long? nextPlace = null)
    {
        record.TryRead(out var payload);
        var size = record.LoadedKeys is null ? payload.Size : record.TotalBytes;
        return string.Create(
            CultureInfo.InvariantCulture, $"{record.Version} {Ticks(record.ExpiresAt)} {nextPlace ?? payload.Count} {size} {Terms(record)}");
    }

    public static string Terms(SessionRecord record)
    {
        record.TryRead(out var payload);
        var expiry = payload.Expiry;
        return string.Create(CultureInfo.InvariantCulture, $"{record.CreatedAt.UtcTicks} {(int)expiry.Kind} {expiry.Ticks}");
    }

    public static string Ticks(DateTimeOffset moment) => moment.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>
    /// How long the server is to keep a record, rounded up: it must not forget before the record has expired. A time to live, not a
    /// moment: the server's clock may differ from the application's, which alone decides.
    /// </summary>
    public static long MillisecondsUntil(DateTimeOffset moment, DateTimeOffset now) =>
        (moment.UtcTicks - now.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    /// <summary>The fields that are there, of those that were asked for.</summary>
    public static HashEntry[] Fields(RedisValue[] names, RedisValue[] values)
    {
        var fields = new HashEntry[values.Count(static value => value.HasValue)];
        for (var (i, count) = (0, 0); i < values.Length; i++)
        {
            if (values[i].HasValue)
                fields[count++] = new HashEntry(names[i], values[i]);
        }

        return fields;
    }

    /// <summary>The record; null for fields that are not a session's.</summary>
    /// <param name="fields">The fields that there are.</param>
    /// <param name="loadedKeys">The keys that were asked for; null for all.</param>
    public static SessionRecord? Read(HashEntry[] fields, IReadOnlyCollection<string>? loadedKeys)
    {
        Span<long> numbers = stackalloc long[7];
        numbers.Fill(-1);
        var count = 0;
        RedisValue metadata = default;
        var places = new long[fields.Length];
        var entries = new KeyValuePair<string, ReadOnlyMemory<byte>>[fields.Length];
        foreach (var field in fields)
        {
            if (field.Name == MetadataField)
                ReadNumbers(((ReadOnlyMemory<byte>)(metadata = field.Value)).Span, numbers);
            else if (TryReadPlace(field.Value, out places[count], out var bytes))
                entries[count++] = new(field.Name.ToString(), bytes);
            else
                return null;
        }

        if (numbers is not [>= 0 and var version, var expires, >= 0 and var nextPlace, >= 0 and var size, var created, >= 0 and <= byte.MaxValue and var kind, var ticks]
            || !IsMoment(expires) || !IsMoment(created)
            || !SessionExpiry.TryCreate((byte)kind, ticks, out var expiry))
            return null;
        Array.Sort(places, entries, 0, count);
        var all = new ArraySegment<KeyValuePair<string, ReadOnlyMemory<byte>>>(entries, 0, count);
        return new SessionRecord
        {
            Payload = version == SessionRecord.RetiredVersion ? default : SessionPayloadWriter.Write(all, expiry),
            Version = version,
            CreatedAt = new DateTimeOffset(created, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(expires, TimeSpan.Zero),
            LoadedKeys = loadedKeys,
            TotalBytes = loadedKeys is null ? 0 : (int)size,
            KnownToStore = new RedisKnownHash(metadata, nextPlace, all, places),
        };
    }

    // What is no number, and what is more or less than was to be, leaves a negative one behind.
    private static void ReadNumbers(ReadOnlySpan<byte> text, Span<long> numbers)
    {
        var count = 0;
        foreach (var part in text.Split((byte)' '))
        {
            if (count == numbers.Length || !Utf8Parser.TryParse(text[part], out long number, out var length) || length != text[part].Length)
            {
                numbers.Fill(-1);
                return;
            }

            numbers[count++] = number;
        }
    }

    private static bool TryReadPlace(ReadOnlyMemory<byte> value, out long place, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!Utf8Parser.TryParse(value.Span, out place, out var length) || length == value.Length || value.Span[length] != ':')
            return false;
        bytes = value[(length + 1)..];
        return true;
    }

    private static bool IsMoment(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
}
