using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>
/// The session was deleted, or got another id, while this request ran: its changes cannot be saved, and the session is not
/// brought back. The server answers 400.
/// </summary>
public sealed class SessionInterruptedException : BadHttpRequestException
{
    private const string DefaultMessage =
        "The session was ended or its id replaced while this request ran, so what the request changed was not saved.";

    /// <summary>Makes the error.</summary>
    public SessionInterruptedException()
        : base(DefaultMessage, StatusCodes.Status400BadRequest)
    {
    }

    /// <summary>Makes the error with a message.</summary>
    public SessionInterruptedException(string message)
        : base(message, StatusCodes.Status400BadRequest)
    {
    }

    /// <summary>Makes the error with a message and the cause.</summary>
    public SessionInterruptedException(string message, Exception innerException)
        : base(message, StatusCodes.Status400BadRequest, innerException)
    {
    }
}
