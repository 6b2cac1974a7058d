using Microsoft.CodeAnalysis;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>A generated member whose name somebody else has taken.</summary>
/// <param name="Name">The name.</param>
/// <param name="TakenBy">Who has it.</param>
/// <param name="Key">The key that wants it; null where the shape itself does.</param>
/// <param name="Member">Which of the key's members.</param>
internal sealed record NameConflict(string Name, ISymbol TakenBy, IPropertySymbol? Key, KeyMembers Member);
