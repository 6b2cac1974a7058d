using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Models;

/// <summary>One key in the schema file: what a deployed application may have stored under which name.</summary>
/// <param name="Shape">The shape's full name.</param>
/// <param name="Key">The whole name of the key.</param>
/// <param name="Type">The full name of the key's type.</param>
/// <param name="Default">The default as source text; null where there is none.</param>
/// <param name="FormerNames">The names that the key had before.</param>
internal sealed record SchemaKeyModel(string Shape, string Key, string Type, string? Default, EquatableArray<string> FormerNames);
