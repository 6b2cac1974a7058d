namespace Sessions.Generator.Analyzers.Values;

/// <summary>Why a type cannot be a session value.</summary>
/// <param name="Path">The member that is to blame, from the type on: <c>'Cart.Lines[].Changed'</c>; null where it is the type itself.</param>
/// <param name="Kind">What that is: <c>a delegate</c>.</param>
internal sealed record TypeFault(string? Path, string Kind);
