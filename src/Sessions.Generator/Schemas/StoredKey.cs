using Microsoft.CodeAnalysis.Text;
using Sessions.Generator.Models;

namespace Sessions.Generator.Schemas;

/// <summary>A key that the checked-in schema knows.</summary>
/// <param name="Key">What is stored.</param>
/// <param name="Span">Where the file names it.</param>
internal sealed record StoredKey(SchemaKeyModel Key, TextSpan Span);
