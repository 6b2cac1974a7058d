using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>
/// The name of a record in 32 bytes, where its text takes 160: the digest that it spells. A name of any other form is hashed, as UTF-16,
/// which no session id is: it cannot meet a digest.
/// </summary>
[InlineArray(SHA256.HashSizeInBytes)]
internal struct MemoryRecordKey : IEquatable<MemoryRecordKey>
{
    private byte _first;

    public MemoryRecordKey(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!SessionId.TryReadDigest(id, this))
            SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()), this);
    }

    public readonly bool Equals(MemoryRecordKey other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is MemoryRecordKey other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(MemoryMarshal.Read<long>(this));   // seeded: nobody can fill one bucket
}
