using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>A record as the text that a client keeps, and back.</summary>
/// <remarks>
/// <code>
/// field    bytes   meaning
/// issued   8       UTC ticks, little-endian
/// flags    1       1: the rest is compressed (Brotli)
/// record   rest    SessionRecordFormat
/// </code>
/// The whole is protected for the session's id, and then written in base64url. Decompression comes after authentication.
/// </remarks>
internal static class CookieSessionFormat
{
    private const int HeaderSize = 9;
    private const byte Compressed = 1;

    public static string Encode(CookieSessionStore store, string id, SessionRecord record)
    {
        var body = SessionRecordFormat.Encode(record);
        if (store.Compress)
            body = Deflate(body);
        var plain = new byte[HeaderSize + body.Length];
        BinaryPrimitives.WriteInt64LittleEndian(plain, store.Time.GetUtcNow().UtcTicks);
        plain[HeaderSize - 1] = store.Compress ? Compressed : default;
        body.CopyTo(plain, HeaderSize);
        return Base64Url.EncodeToString(store.ProtectorOf(id).Protect(plain));
    }

    /// <summary>The record; null for anything but what was issued, whole, for this id by this application, and has not expired.</summary>
    public static SessionRecord? Decode(CookieSessionStore store, string id, string text)
    {
        if (!Base64Url.IsValid(text))
            return null;

        // White space, padding and stray bits decode to the same: only the text that was issued counts.
        var bytes = Base64Url.DecodeFromChars(text);
        if (!text.AsSpan().SequenceEqual(Base64Url.EncodeToString(bytes)))
            return null;
        byte[] plain;
        try
        {
            plain = store.ProtectorOf(id).Unprotect(bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }

        var body = plain[HeaderSize - 1] == Compressed ? Inflate(plain.AsSpan(HeaderSize)) : plain[HeaderSize..];
        if (SessionRecordFormat.Decode(body) is not { } record)
            return null;

        // What the application's limits are now counts from the moment of issue: the cookie lives no longer than they allow.
        var issued = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(plain), TimeSpan.Zero);
        var expiresAt = store.Lifetime.ExpiresAt(SessionPayload.ParseOrEmpty(record.Payload).Expiry, record.CreatedAt, issued);
        record = expiresAt < record.ExpiresAt ? record.WithExpiresAt(expiresAt) : record;
        return record.ExpiresAt > store.Time.GetUtcNow() ? record : null;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal))
            brotli.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Inflate(ReadOnlySpan<byte> bytes)
    {
        using var input = new BrotliStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var output = new MemoryStream();
        input.CopyTo(output);
        return output.ToArray();
    }
}
