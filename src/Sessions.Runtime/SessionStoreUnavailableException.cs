using System.ComponentModel;
using System.Data.Common;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>
/// The store of the sessions cannot be reached, or did not answer in time. Unless the application's error handling answers, the client gets
/// 503 with <c>Retry-After</c>. Whether the call took effect is not known.
/// </summary>
public sealed class SessionStoreUnavailableException : BadHttpRequestException
{
    private const string DefaultMessage = "The session store cannot be reached.";

    /// <summary>Makes the error.</summary>
    public SessionStoreUnavailableException()
        : this(DefaultMessage)
    {
    }

    /// <summary>Makes the error with a message.</summary>
    public SessionStoreUnavailableException(string message)
        : base(message, StatusCodes.Status503ServiceUnavailable)
    {
    }

    /// <summary>Makes the error with a message and the cause.</summary>
    public SessionStoreUnavailableException(string message, Exception innerException)
        : base(message, StatusCodes.Status503ServiceUnavailable, innerException)
    {
    }

    internal SessionStoreUnavailableException(Exception cause)
        : this(cause is TimeoutException ? cause.Message : $"{DefaultMessage} {cause.GetType().Name} says why.", cause)
    {
    }

    /// <summary>Whether an error of a store, or what caused it, is that its server is gone, and not that it refused what it was asked.</summary>
    internal static bool IsOutage(Exception? exception)
    {
        if (exception is SessionStoreUnavailableException)
            return false;   // said already
        for (; exception is not null; exception = exception.InnerException)
        {
            // A SocketException is a Win32Exception; SQL Server's driver tells of the server by the latter.
            if (exception is TimeoutException or Win32Exception or DbException { IsTransient: true })
                return true;
        }

        return false;
    }
}
