using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Whether two expressions may mean one session. A request has one, whichever shapes view it: only what is surely two is two.</summary>
internal sealed class SessionIdentity(SessionValueTracker tracker)
{
    public bool MayBeSame(IOperation? one, IOperation? two)
    {
        var (first, second) = (Resolve(one), Resolve(two));
        return first is null
            || second is null
            || SymbolEqualityComparer.Default.Equals(first, second)
            || !SymbolEqualityComparer.Default.Equals(TypeOf(first), TypeOf(second));
    }

    /// <summary>Whether the operation stands where the owner can be meant: the parameter of a handler means nothing outside of it.</summary>
    public static bool IsInScope(IOperation operation, IOperation? owner) =>
        owner is not IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function }
        || OperationOrder.Ancestors(operation).OfType<IAnonymousFunctionOperation>()
            .Any(ancestor => SymbolEqualityComparer.Default.Equals(ancestor.Symbol, function));

    // The variable, field or property that stands for one session of its own; null when that is not known
    private ISymbol? Resolve(IOperation? owner)
    {
        var seen = 0;
        while (owner is not null && seen++ < 20)
        {
            switch (owner)
            {
                case IConversionOperation conversion:
                    owner = conversion.Operand;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Session", Instance: { } shape } when IsShape(shape.Type):
                    owner = shape;
                    break;
                case IObjectCreationOperation { Arguments: [{ Value: var session }] } creation when IsShape(creation.Type):
                    owner = session;
                    break;
                case ILocalReferenceOperation local when tracker.FindOnlyValue(local.Local) is { } value && !IsNewSession(value):
                    owner = value;
                    break;
                case IPropertyReferenceOperation property:
                    return property.Property;
                case IFieldReferenceOperation field:
                    return field.Field;
                default:
                    return SessionValueTracker.VariableOf(owner);
            }
        }

        return null;
    }

    private static bool IsNewSession(IOperation value) => value switch
    {
        IAwaitOperation awaited => IsNewSession(awaited.Operation),
        IConversionOperation conversion => IsNewSession(conversion.Operand),
        ICoalesceOperation coalesce => IsNewSession(coalesce.Value),
        IInvocationOperation call => call.TargetMethod.ContainingType.HasName(WellKnownNames.SessionManager),
        _ => false,
    };

    private static bool IsShape(ITypeSymbol? type) => type is INamedTypeSymbol named && SessionShapeRules.IsShape(named);

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
