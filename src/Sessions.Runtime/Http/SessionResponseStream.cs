namespace Sessions;

/// <summary>The response's stream, with the session settled before the first asynchronous write or flush.</summary>
internal sealed class SessionResponseStream(SessionResponseBody body, Stream inner) : Stream
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

    public override void Flush()
    {
        body.Announce();
        inner.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    // Synchronous writes cannot wait for a store: the server settles the session as it starts the response.
    public override void Write(byte[] buffer, int offset, int count)
    {
        body.Announce();
        inner.Write(buffer, offset, count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        var ready = body.GetReadyAsync();
        return ready.IsCompletedSuccessfully ? inner.FlushAsync(cancellationToken) : FlushWhenAsync(ready, inner, cancellationToken);

        static async Task FlushWhenAsync(ValueTask ready, Stream inner, CancellationToken cancellationToken)
        {
            await ready;
            await inner.FlushAsync(cancellationToken);
        }
    }

    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var ready = body.GetReadyAsync();
        return ready.IsCompletedSuccessfully ? inner.WriteAsync(buffer, cancellationToken) : WriteWhenAsync(ready, inner, buffer, cancellationToken);

        static async ValueTask WriteWhenAsync(ValueTask ready, Stream inner, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            await ready;
            await inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
