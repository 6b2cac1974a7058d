using Sessions.Generator.Models;

namespace Sessions.Generator.Schemas;

/// <summary>What a deployed application has stored, and this one does not read.</summary>
/// <param name="Stored">The key as the checked-in schema has it.</param>
/// <param name="Now">The key that took its place; null where none did.</param>
/// <param name="IsRenamed">Whether it has another name, and not another type.</param>
internal sealed record SchemaBreak(StoredKey Stored, SchemaKeyModel? Now, bool IsRenamed);
