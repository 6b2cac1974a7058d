namespace Sessions.Generator.Models;

/// <summary>The members that a key brings to its shape, beside its property.</summary>
[Flags]
internal enum KeyMembers
{
    None = 0,
    Has = 1,
    TryGet = 2,
    Get = 4,
    Pop = 8,
    PopOrDefault = 16,
    SetDefault = 32,
    Remove = 64,
    Mutate = 128,
    All = Has | TryGet | Get | Pop | PopOrDefault | SetDefault | Remove | Mutate,
}
