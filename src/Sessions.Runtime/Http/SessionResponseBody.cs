using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Sessions;

/// <summary>
/// Settles the session before the first byte of the body starts the response: there, unlike in <c>OnStarting</c>, a save that fails
/// is an exception of the handler, which the application's error handling sees and can still answer.
/// </summary>
internal sealed class SessionResponseBody(SessionRequest request, IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private SessionResponseStream? _stream;
    private SessionResponseWriter? _writer;

    public Stream Stream => _stream ??= new SessionResponseStream(request, inner.Stream);

    public PipeWriter Writer => request.HasStarted && _writer is null ? inner.Writer : _writer ??= new SessionResponseWriter(request, inner.Writer);

    /// <summary>Bytes were written and not yet given to the server.</summary>
    public bool HasWaitingBytes => _writer is { WaitingBytes: > 0 };

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        return request.IsSettled && !HasWaitingBytes ? inner.StartAsync(cancellationToken) : SettleAndStartAsync();

        async Task SettleAndStartAsync()
        {
            await request.SettleAsync();
            Release();
            await inner.StartAsync(cancellationToken);
        }
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (!request.IsSettled)
            await request.SettleAsync();
        Release();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        if (!request.IsSettled)
            await request.SettleAsync();
        Release();
        await inner.CompleteAsync();
    }

    /// <summary>Gives the server the bytes that wait.</summary>
    public void Release() => _writer?.Release();

    /// <summary>Drops the bytes that wait: the handler failed.</summary>
    public void Discard() => _writer?.Discard();
}
