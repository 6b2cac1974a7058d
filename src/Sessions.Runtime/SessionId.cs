using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <summary>
/// The opaque identifier of a session, carried by the cookie: 32 characters of <c>[a-z0-9]</c> from a cryptographic
/// generator (165 bits). It is a bearer secret: <see cref="Secret"/> belongs in the cookie and nowhere else.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct SessionId : IEquatable<SessionId>
{
    /// <summary>The number of characters of an id.</summary>
    public const int Length = 32;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string DigestVersion = "v1.";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    // One a thread: a new one for each request costs half as much again.
    [ThreadStatic]
    private static IncrementalHash? _sha256;

    // Null only in default(SessionId), which is no id and has no secret.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _secret;

    private SessionId(string secret) => _secret = secret;

    /// <summary>The cookie's value. Never log it, store it or show it: who knows it is the visitor.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(SessionId)</c>, which is no id.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Secret => _secret ?? throw new InvalidOperationException("default(SessionId) is no id: use SessionId.New or TryParse.");

    /// <summary>Draws a new random id.</summary>
    public static SessionId New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads an id as a client brings it: exactly 32 characters of <c>[a-z0-9]</c>, anything else is refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out SessionId id)
    {
        if (value is not null && IsWellFormed(value))
        {
            id = new SessionId(value);
            return true;
        }

        id = default;
        return false;
    }

    internal static bool IsWellFormed(ReadOnlySpan<char> value) => value.Length == Length && !value.ContainsAnyExcept(Characters);

    /// <summary>The name stores know the session by: <c>v1.</c> and the SHA-256 of the secret in hexadecimal.</summary>
    internal string Digest()
    {
        Span<byte> secret = stackalloc byte[Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(Secret, secret);
        var sha256 = _sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha256.AppendData(secret);
        sha256.GetHashAndReset(hash);
        return string.Create(DigestVersion.Length + (2 * hash.Length), (ReadOnlySpan<byte>)hash, static (text, bytes) =>
        {
            DigestVersion.CopyTo(text);
            Convert.TryToHexStringLower(bytes, text[DigestVersion.Length..], out _);
        });
    }

    /// <summary>Reads the 32 bytes that <see cref="Digest"/> spells. False, with the bytes undefined, for any other text.</summary>
    internal static bool TryReadDigest(ReadOnlySpan<char> text, Span<byte> digest)
    {
        if (text.Length != DigestVersion.Length + (2 * SHA256.HashSizeInBytes) || !text.StartsWith(DigestVersion, StringComparison.Ordinal))
            return false;
        var digits = text[DigestVersion.Length..];
        return !digits.ContainsAnyInRange('A', 'F') && Convert.FromHexString(digits, digest, out _, out _) == OperationStatus.Done;
    }

    /// <summary>A short redacted form for people and logs: the first characters of the digest, useless as a cookie.</summary>
    public override string ToString() => _secret is null ? "(no session id)" : string.Concat(Digest().AsSpan(0, DigestVersion.Length + 8), "…");

    /// <summary>The same form of the name under which a store knows a session, which may be the id itself.</summary>
    internal static string Redact(string recordId) =>
        TryParse(recordId, out var id) ? id.ToString() : string.Concat(recordId.AsSpan(0, Math.Min(recordId.Length, DigestVersion.Length + 8)), "…");

    /// <summary>Compares in constant time.</summary>
    public bool Equals(SessionId other) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(_secret.AsSpan()), MemoryMarshal.AsBytes(other._secret.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SessionId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _secret is null ? 0 : string.GetHashCode(_secret, StringComparison.Ordinal);

    /// <summary>Compares in constant time.</summary>
    public static bool operator ==(SessionId left, SessionId right) => left.Equals(right);

    /// <summary>Compares in constant time.</summary>
    public static bool operator !=(SessionId left, SessionId right) => !left.Equals(right);
}
