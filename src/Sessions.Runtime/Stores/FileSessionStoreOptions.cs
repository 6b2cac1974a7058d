namespace Sessions;

/// <summary>Where the file store keeps its files.</summary>
internal sealed class FileSessionStoreOptions
{
    /// <summary>The directory; null for one of the application's own under the user's local application data.</summary>
    /// <value><see langword="null"/>.</value>
    public string? Directory { get; set; }
}
