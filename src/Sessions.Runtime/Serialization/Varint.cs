using System.Numerics;

namespace Sessions;

/// <summary>Unsigned integers in LEB128: seven bits a byte, the lowest first.</summary>
internal static class Varint
{
    private const int MaxBytes = 10;

    public static int SizeOf(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    public static void Write(ref Span<byte> rest, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            rest[length++] = (byte)(value | 0x80);
        rest[length++] = (byte)value;
        rest = rest[length..];
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int offset, out ulong value)
    {
        if ((uint)offset >= (uint)bytes.Length || bytes[offset] >= 0x80)
            return TryReadLonger(bytes, ref offset, out value);
        value = bytes[offset++];   // most are short
        return true;
    }

    private static bool TryReadLonger(ReadOnlySpan<byte> bytes, ref int offset, out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxBytes && offset < bytes.Length; i++)
        {
            var part = bytes[offset++];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
                return i < MaxBytes - 1 || part <= 1;
        }

        return false;
    }
}
