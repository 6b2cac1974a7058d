namespace Sessions;

/// <summary>A session would grow beyond <see cref="TypedSessionOptions.MaxPayloadBytes"/>. Raised by the write that would do it.</summary>
public sealed class SessionTooLargeException : Exception
{
    /// <summary>Makes the error with a message.</summary>
    public SessionTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with a message and the cause.</summary>
    public SessionTooLargeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
