namespace Sessions;

/// <summary>Where <see cref="FileSessionStore"/> keeps its files.</summary>
public sealed class FileSessionStoreOptions
{
    /// <summary>The directory; null for one of the application's own under the user's local application data.</summary>
    /// <value><see langword="null"/>.</value>
    public string? Directory { get; set; }
}
