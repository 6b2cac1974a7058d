using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Recognizes the operations that hand out, store or drop a session's value.</summary>
internal sealed class SessionValueSource(SessionSymbols symbols)
{
    private static readonly string[] Readers = ["Get", "GetRequired", "SetDefault"];

    public SessionSymbols Symbols { get; } = symbols;

    /// <summary>The value that the operation takes out of a session, where it stays; null for any other.</summary>
    public SessionValue? FindRead(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => FindKey(property),
        IInvocationOperation invocation => FindCall(invocation, Readers),
        _ => null,
    };

    /// <summary>The value behind a property of a shape, or behind <c>session["key"]</c>.</summary>
    public SessionValue? FindKey(IOperation operation)
    {
        if (operation is not IPropertyReferenceOperation property)
            return null;
        if (Symbols.IsSessionIndexer(property))
            return new(property.Instance, KeyOf(property.Arguments));
        return IsShapeKey(property.Property) ? new(property.Instance, SessionShapeRules.GetKeyName(property.Property)) : null;
    }

    /// <summary>The value that a call of one of the verbs is about: <c>session.Get("x")</c>, <c>session.Get(key)</c>, <c>shape.GetX()</c>.</summary>
    public SessionValue? FindCall(IInvocationOperation invocation, params string[] verbs)
    {
        var method = invocation.TargetMethod;
        if (Symbols.IsSessionCall(invocation))
            return verbs.Contains(method.Name) ? new(invocation.Instance, KeyOf(invocation.Arguments)) : null;
        if (!SessionShapeRules.IsShape(method.ContainingType) || !GeneratedMembers.IsGenerated(method))
            return null;
        return verbs
            .Where(verb => method.Name.StartsWith(verb, StringComparison.Ordinal))
            .SelectMany(verb => method.ContainingType.GetMembers(method.Name.Substring(verb.Length)).OfType<IPropertySymbol>())
            .Where(IsShapeKey)
            .Select(property => new SessionValue(invocation.Instance, SessionShapeRules.GetKeyName(property)))
            .FirstOrDefault();
    }

    private static bool IsShapeKey(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false }
        && GeneratedMembers.IsImplemented(property)
        && SessionShapeRules.IsShape(property.ContainingType);

    private object? KeyOf(IEnumerable<IArgumentOperation> arguments)
    {
        var key = arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;
        return key switch
        {
            { ConstantValue: { HasValue: true, Value: string name } } => name,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } when Symbols.IsSessionKey(field.Type) => KeyOf(field),
            _ => null,
        };
    }

    // A field of a shape's Keys is as good as the property of the same name
    private static object KeyOf(IFieldSymbol field) =>
        field.ContainingType is { Name: "Keys" or "PrivateKeys", ContainingType: { } shape }
        && shape.GetMembers(field.Name).OfType<IPropertySymbol>().FirstOrDefault(IsShapeKey) is { } property
            ? SessionShapeRules.GetKeyName(property)
            : field;
}
