using System.Collections.Immutable;

namespace Sessions.Generator.Analyzers.NestedMutations;

internal static class ImmutableHashSetExtensions
{
    public static ImmutableHashSet<T> RemoveAll<T>(this ImmutableHashSet<T> set, Func<T, bool> condition) => set.Except(set.Where(condition));
}
