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

    public PipeWriter Writer => request.IsSettled && _writer is null ? inner.Writer : _writer ??= new SessionResponseWriter(request, inner.Writer);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        return request.IsSettled ? inner.StartAsync(cancellationToken) : SettleAndStartAsync();

        async Task SettleAndStartAsync()
        {
            await request.SettleAsync();
            await inner.StartAsync(cancellationToken);
        }
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (!request.IsSettled)
            await request.SettleAsync();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        if (!request.IsSettled)
            await request.SettleAsync();
        await inner.CompleteAsync();
    }
}
