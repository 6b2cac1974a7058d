using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>The request's session as ASP.NET Core's own <c>HttpContext.Session</c>: the same entries, id and rules.</summary>
internal sealed class CompatibleSession(SessionRequest request) : ISession
{
    private Session Session => request.Session;

    /// <summary>Whether the store answers. Loads the session, as every member does.</summary>
    public bool IsAvailable
    {
        get
        {
            try
            {
                _ = Session.AllKeys;
                return !Session.IsServedEmpty;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return false;
            }
        }
    }

    /// <summary>A handle for logs; never the secret of the cookie.</summary>
    public string Id => Session.Handle;

    public IEnumerable<string> Keys => Session.AllKeys;

    public Task LoadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Session.LoadAsync(cancellationToken).AsTask();
    }

    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Session.SaveAsync(cancellationToken).AsTask();
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value) => Session.TryGetBytes(key, out value);

    public void Set(string key, byte[] value) => Session.SetBytes(key, value);

    public void Remove(string key) => Session.RemoveAny(key);

    public void Clear() => Session.Clear();
}
