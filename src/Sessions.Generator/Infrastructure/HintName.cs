using System.Globalization;
using System.Text;

namespace Sessions.Generator.Infrastructure;

/// <summary>The name of a generated file: readable, plain ASCII, short, and unique where file names ignore case.</summary>
internal static class HintName
{
    private const int MaxReadableLength = 100;

    public static string For(string fullName)
    {
        var readable = new StringBuilder();
        foreach (var character in fullName)
            readable.Append(character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' ? character : '_');
        if (readable.Length > MaxReadableLength)
            readable.Remove(0, readable.Length - MaxReadableLength);
        return $"{readable}.{Hash(fullName).ToString("x8", CultureInfo.InvariantCulture)}.g.cs";
    }

    // FNV-1a: string.GetHashCode differs from run to run
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 16777619);
        return hash;
    }
}
