namespace Sessions;

/// <summary>A session value cannot be read as the type asked for, or cannot be stored. The message names the key.</summary>
public sealed class SessionValueException : Exception
{
    /// <summary>Makes the error with a message.</summary>
    public SessionValueException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with a message and the cause.</summary>
    public SessionValueException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SessionValueException(string key, string message, Exception? innerException)
        : base(message, innerException) => Key = key;

    /// <summary>The key of the value; null where the error was made without one.</summary>
    public string? Key { get; }
}
