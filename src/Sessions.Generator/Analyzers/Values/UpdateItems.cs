using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>The items of <c>session.Update(…)</c> as far as they stand in the call: a dictionary's initializer or a collection expression.</summary>
internal static class UpdateItems
{
    public static IEnumerable<(IOperation Key, IOperation? Value)> Find(IInvocationOperation call)
    {
        var items = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "items")?.Value;
        while (items is IConversionOperation conversion)
            items = conversion.Operand;
        var elements = items switch
        {
            IObjectCreationOperation { Initializer.Initializers: var initializers } => initializers,
            IArrayCreationOperation { Initializer.ElementValues: var values } => values,
            ICollectionExpressionOperation { Elements: var values } => values,
            _ => [],
        };
        return elements.Select(FindItem).Where(static item => item.Key is not null)!;
    }

    private static (IOperation? Key, IOperation? Value) FindItem(IOperation element)
    {
        while (element is IConversionOperation conversion)
            element = conversion.Operand;
        return element switch
        {
            // ["key"] = value
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [{ Value: var key }] } } assignment => (key, assignment.Value),
            // { "key", value } and KeyValuePair.Create("key", value)
            IInvocationOperation { TargetMethod.Name: "Add" or "Create", Arguments: [{ Value: var key }, { Value: var value }] } => (key, value),
            // { new("key", value) }
            IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var item }] } => FindItem(item),
            IObjectCreationOperation { Type.Name: "KeyValuePair", Arguments: [{ Value: var key }, { Value: var value }] } => (key, value),
            _ => default,
        };
    }
}
