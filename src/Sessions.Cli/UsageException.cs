namespace Sessions;

/// <summary>The command line does not say what to do; the message says what is missing.</summary>
internal sealed class UsageException(string message) : Exception(message);
