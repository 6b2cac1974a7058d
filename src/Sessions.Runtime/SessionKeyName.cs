using System.Runtime.CompilerServices;

namespace Sessions;

/// <summary>What the name of an entry may be.</summary>
internal static class SessionKeyName
{
    public const int MaxLength = 256;

    /// <summary>Whether the name belongs to the framework: invisible to the dictionary.</summary>
    public static bool IsReserved(string key) => key.Length > 0 && key[0] == '_';

    public static string Validate(string? key, [CallerArgumentExpression(nameof(key))] string? parameter = null)
    {
        if (string.IsNullOrEmpty(key))
            throw new ArgumentException("A session key must not be null or empty.", parameter);
        if (key.Length > MaxLength)
            throw new ArgumentException($"A session key must not be longer than {MaxLength} characters; this one has {key.Length}.", parameter);
        if (!Utf16.IsWellFormed(key))
            throw new ArgumentException("A session key must be well-formed text: this one has half of a surrogate pair.", parameter);
        if (IsReserved(key))
            throw new ArgumentException($"The session key '{key}' begins with an underscore, which is reserved for the framework.", parameter);
        return key;
    }
}
