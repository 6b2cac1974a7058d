using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Walks all that the generator keeps between runs: a symbol there would keep a whole compilation alive, and never be equal.</summary>
internal static class ModelWalk
{
    public static void FindsNoSymbol(GeneratorRunResult result, IEnumerable<string> steps)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var output in steps.SelectMany(step => GeneratorRun.OutputsOf(result, step)))
            Walk(output.Value, seen);
    }

    private static void Walk(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location, $"a model holds a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, seen);
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
                continue;
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), seen);
        }
    }
}
