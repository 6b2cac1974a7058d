using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Recognizes sessions, shapes and their members in one compilation.</summary>
internal sealed class SessionVocabulary(SessionSymbols symbols)
{
    private static readonly string[] ShapeVerbs = ["TryGet", "Get", "SetDefault", "Remove", "Pop", "Mutate"];

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _holders = new(SymbolEqualityComparer.Default);

    public bool IsSession(ITypeSymbol? type) => symbols.IsSession(type);

    /// <summary>Whether the type is the session's, or a shape's; a nullable or awaitable one counts too.</summary>
    public bool IsOwner(ITypeSymbol? type) =>
        type is INamedTypeSymbol named
        && (named is { Name: "Task" or "ValueTask", TypeArguments: [var result] }
            ? IsOwner(result)
            : symbols.IsSessionOrShape(named));

    /// <summary>Whether the type's members may use a session that no operation of theirs names: it, or a base of it, has one.</summary>
    public bool HoldsOwner(INamedTypeSymbol? type)
    {
        if (type is null)
            return false;
        if (!_holders.TryGetValue(type, out var holds))
            _holders[type] = holds = FindHolder(type);
        return holds;
    }

    /// <summary>Whether an operation of the type may have to do with a session: it gives one, or something of this compilation that has one.</summary>
    public bool IsTouched(ITypeSymbol? type) =>
        IsOwner(type) || (type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } named && HoldsOwner(named));

    public static bool IsShapeKey(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false }
        && GeneratedMembers.IsImplemented(property)
        && SessionShapeRules.IsShape(property.ContainingType);

    /// <summary>The key behind a property of a shape, behind <c>session["key"]</c>, or behind all of a session's values.</summary>
    public SessionVerb? FindKey(IPropertyReferenceOperation property)
    {
        if (IsSession(property.Property.ContainingType))
        {
            return property.Property.IsIndexer ? new("[]", KeyOf(property.Arguments))
                : property.Property.Name is "Values" or "Items" ? new(property.Property.Name, Key: null)
                : null;
        }

        return IsOwner(property.Property.ContainingType) && IsShapeKey(property.Property)
            ? new("[]", SessionShapeRules.GetKeyName(property.Property))
            : null;
    }

    public SessionVerb? FindVerb(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (IsSession(method.ContainingType))
            return method.IsStatic ? null : new(method.Name, KeyOf(invocation.Arguments));
        if (!IsOwner(method.ContainingType) || !GeneratedMembers.IsGenerated(method))
            return null;
        return ShapeVerbs
            .Where(verb => method.Name.StartsWith(verb, StringComparison.Ordinal))
            .SelectMany(verb => method.ContainingType.GetMembers(method.Name.Substring(verb.Length))
                .OfType<IPropertySymbol>()
                .Where(IsShapeKey)
                .Select(property => new SessionVerb(verb, SessionShapeRules.GetKeyName(property))))
            .FirstOrDefault();
    }

    private bool FindHolder(INamedTypeSymbol type) =>
        IsOwner(type)
        || type.SelfAndBaseTypes().Any(self => self.GetMembers().Any(member => member switch
        {
            IFieldSymbol field => IsOwner(field.Type),
            IPropertySymbol property => IsOwner(property.Type),
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.Parameters.Any(parameter => IsOwner(parameter.Type)),
            _ => false,
        }))
        || HoldsOwner(type.ContainingType);

    private object? KeyOf(IEnumerable<IArgumentOperation> arguments)
    {
        var key = arguments.FirstOrDefault(static argument => argument.Parameter is { Ordinal: 0, Name: "key" })?.Value;
        while (key is IConversionOperation { ConstantValue.HasValue: false } conversion)
            key = conversion.Operand;
        return key switch
        {
            { ConstantValue: { HasValue: true, Value: string name } } => name,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => symbols.IsSessionKey(field.Type) ? KeyOf(field) : field,
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
    }

    // A field of a shape's Keys is as good as the property of the same name; one that states its name as good as the name
    private static object KeyOf(IFieldSymbol field)
    {
        if (field.ContainingType is { Name: "Keys" or "PrivateKeys", ContainingType: { } shape }
            && shape.GetMembers(field.Name).OfType<IPropertySymbol>().FirstOrDefault(IsShapeKey) is { } property)
            return SessionShapeRules.GetKeyName(property);
        return field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax
        {
            Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax name }, ..] },
        }
            ? name.Token.ValueText
            : field;
    }
}
