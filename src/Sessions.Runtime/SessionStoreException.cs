namespace Sessions;

/// <summary>A store could not do what it was asked: nothing of the call took effect.</summary>
public sealed class SessionStoreException : Exception
{
    /// <summary>Makes the error with a message.</summary>
    public SessionStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with a message and the cause.</summary>
    public SessionStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
