namespace Sessions.Capacity;

/// <summary>A record that is stored again under another name.</summary>
internal readonly record struct Copy(string From, string To);
