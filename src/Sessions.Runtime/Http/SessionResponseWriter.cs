using System.Buffers;
using System.IO.Pipelines;

namespace Sessions;

/// <summary>
/// The response's writer, with the session settled before the first flush. Until then the bytes wait here: were they in the server's
/// buffer, they would stand before the answer of an error page when the save fails.
/// </summary>
internal sealed class SessionResponseWriter(SessionResponseBody body, PipeWriter inner) : PipeWriter
{
    private ArrayBufferWriter<byte>? _waiting;   // null until something waits
    private bool _isWaiting;                     // the last GetMemory came from what waits

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + WaitingBytes;

    /// <summary>How many bytes wait for the session to be settled.</summary>
    public int WaitingBytes => _waiting?.WrittenCount ?? 0;

    public override void Advance(int bytes)
    {
        if (_isWaiting)
            _waiting!.Advance(bytes);
        else
            inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => Waits() ? _waiting!.GetMemory(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Waits() ? _waiting!.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null)
            await body.GetReadyAsync();
        await inner.CompleteAsync(exception);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var ready = body.GetReadyAsync();
        return ready.IsCompletedSuccessfully ? inner.FlushAsync(cancellationToken) : FlushWhenAsync(ready, inner, cancellationToken);

        static async ValueTask<FlushResult> FlushWhenAsync(ValueTask ready, PipeWriter inner, CancellationToken cancellationToken)
        {
            await ready;
            return await inner.FlushAsync(cancellationToken);
        }
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        var ready = body.GetReadyAsync();
        return ready.IsCompletedSuccessfully ? inner.WriteAsync(source, cancellationToken) : WriteWhenAsync(ready, inner, source, cancellationToken);

        static async ValueTask<FlushResult> WriteWhenAsync(
            ValueTask ready, PipeWriter inner, ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
        {
            await ready;
            return await inner.WriteAsync(source, cancellationToken);
        }
    }

    /// <summary>Hands the server what waits here.</summary>
    public void Release()
    {
        if (WaitingBytes > 0)
            inner.Write(_waiting!.WrittenSpan);
        Discard();
    }

    /// <summary>Drops what waits here: the handler failed.</summary>
    public void Discard() => _waiting?.ResetWrittenCount();

    private bool Waits()
    {
        _isWaiting = !body.HasStarted || WaitingBytes > 0;
        if (_isWaiting)
            _waiting ??= new ArrayBufferWriter<byte>();
        return _isWaiting;
    }
}
