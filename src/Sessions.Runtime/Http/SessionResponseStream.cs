namespace Sessions;

/// <summary>The response's stream, with the session settled before the first asynchronous write or flush.</summary>
internal sealed class SessionResponseStream(SessionRequest request, Stream inner) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    // Synchronous writes cannot wait for a store: the server settles the session as it starts the response.
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        return request.IsSettled ? inner.FlushAsync(cancellationToken) : SettleAndFlushAsync();

        async Task SettleAndFlushAsync()
        {
            await request.SettleAsync();
            await inner.FlushAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        return request.IsSettled ? inner.WriteAsync(buffer, cancellationToken) : SettleAndWriteAsync();

        async ValueTask SettleAndWriteAsync()
        {
            await request.SettleAsync();
            await inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
