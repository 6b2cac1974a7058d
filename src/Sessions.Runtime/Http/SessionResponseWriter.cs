using System.IO.Pipelines;

namespace Sessions;

/// <summary>The response's writer, with the session settled before the first flush.</summary>
internal sealed class SessionResponseWriter(SessionRequest request, PipeWriter inner) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null && !request.IsSettled)
            await request.SettleAsync();
        await inner.CompleteAsync(exception);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        return request.IsSettled ? inner.FlushAsync(cancellationToken) : SettleAndFlushAsync();

        async ValueTask<FlushResult> SettleAndFlushAsync()
        {
            await request.SettleAsync();
            return await inner.FlushAsync(cancellationToken);
        }
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        return request.IsSettled ? inner.WriteAsync(source, cancellationToken) : SettleAndWriteAsync();

        async ValueTask<FlushResult> SettleAndWriteAsync()
        {
            await request.SettleAsync();
            return await inner.WriteAsync(source, cancellationToken);
        }
    }
}
