using CsCheck;

namespace Sessions.Tests;

public sealed class VarintTests
{
    [Fact]
    public void Every_number_is_read_as_it_was_written() => Gen.OneOf(
        Gen.ULong,
        Gen.ULong[0, 300],
        Gen.Const(0UL),
        Gen.Const(ulong.MaxValue),
        Gen.Int[0, 63].Select(shift => 1UL << shift),
        Gen.Int[0, 63].Select(shift => (1UL << shift) - 1)).Sample(number =>
        {
            var bytes = Write(number);

            Assert.Equal(Varint.SizeOf(number), bytes.Length);
            var offset = 0;
            Assert.True(Varint.TryRead([.. bytes, 0xFF], ref offset, out var read));
            Assert.Equal(number, read);
            Assert.Equal(bytes.Length, offset);
        });

    [Fact]
    public void A_number_that_is_cut_off_is_refused() => Gen.ULong.Sample(number =>
    {
        var bytes = Write(number);
        for (var length = 0; length < bytes.Length; length++)
        {
            var offset = 0;
            Assert.False(Varint.TryRead(bytes.AsSpan(0, length), ref offset, out _));
        }
    });

    [Fact]
    public void A_number_of_more_than_64_bits_is_refused()
    {
        byte[][] tooLarge =
        [
            [.. Enumerable.Repeat((byte)0xFF, 9), 0x02],
            [.. Enumerable.Repeat((byte)0xFF, 9), 0x81, 0x00],
            [.. Enumerable.Repeat((byte)0x80, 20), 0x00],
        ];
        foreach (var bytes in tooLarge)
        {
            var offset = 0;
            Assert.False(Varint.TryRead(bytes, ref offset, out _));
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 15].Sample(bytes =>
    {
        var offset = 0;
        if (Varint.TryRead(bytes, ref offset, out var number))
            Assert.InRange(offset, Varint.SizeOf(number), bytes.Length);
    });

    private static byte[] Write(ulong number)
    {
        var bytes = new byte[10];
        var rest = bytes.AsSpan();
        Varint.Write(ref rest, number);
        return bytes[..^rest.Length];
    }
}
