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

    public Stream Stream => _stream ??= new SessionResponseStream(this, inner.Stream);

    public PipeWriter Writer => HasStarted && _writer is null ? inner.Writer : _writer ??= new SessionResponseWriter(this, inner.Writer);

    public bool HasStarted => request.HasStarted;

    /// <summary>Bytes were written and not yet given to the server.</summary>
    public bool HasWaitingBytes => _writer is { WaitingBytes: > 0 };

    /// <summary>Before what is asynchronous: settles the session, and gives the server the bytes that wait.</summary>
    public ValueTask GetReadyAsync()
    {
        if (request.NeedsSettling)
            return SettleAndReleaseAsync();
        Release();
        return ValueTask.CompletedTask;
    }

    /// <summary>Before a synchronous write: says what can be said without a store, and gives the server the bytes that wait.</summary>
    public void Announce()
    {
        request.Announce();
        Release();
    }

    /// <summary>Gives the server the bytes that wait.</summary>
    public void Release() => _writer?.Release();

    /// <summary>Drops the bytes that wait: the handler failed.</summary>
    public void Discard() => _writer?.Discard();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        var ready = GetReadyAsync();
        return ready.IsCompletedSuccessfully ? inner.StartAsync(cancellationToken) : StartWhenAsync(ready, inner, cancellationToken);

        static async Task StartWhenAsync(ValueTask ready, IHttpResponseBodyFeature inner, CancellationToken cancellationToken)
        {
            await ready;
            await inner.StartAsync(cancellationToken);
        }
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await GetReadyAsync();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        await GetReadyAsync();
        await inner.CompleteAsync();
    }

    private async ValueTask SettleAndReleaseAsync()
    {
        await request.SettleAsync();
        Release();
    }
}
