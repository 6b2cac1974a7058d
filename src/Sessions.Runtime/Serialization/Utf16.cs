using System.Buffers;
using System.Text;

namespace Sessions;

/// <summary>.NET's text, which can hold what UTF-8 cannot.</summary>
internal static class Utf16
{
    /// <summary>Whether every surrogate is one of a pair, so that the text is the same after it was UTF-8.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var next = NextSurrogate(text); next >= 0; next = NextSurrogate(text))
        {
            text = text[next..];
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }

    private static int NextSurrogate(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\uD800', '\uDFFF');
}
