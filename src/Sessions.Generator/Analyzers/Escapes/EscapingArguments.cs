using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Escapes;

/// <summary>Finds sessions that are handed to what runs beside the request, or after it.</summary>
internal static class EscapingArguments
{
    private const string Background = "this code runs beside the request, and may outlive it";

    public static IEnumerable<(IOperation Escaping, string How)> Find(IOperation operation, SessionHolders holders)
    {
        switch (operation)
        {
            case IInvocationOperation call when LongLivedTypes.IsRegistration(call.TargetMethod):
                foreach (var session in FindInRegistration(call, holders))
                    yield return (session, "a singleton lives as long as the application");
                break;
            case IInvocationOperation call when RunsInBackground(call.TargetMethod):
                foreach (var session in FindHandedOver(call.Arguments, holders))
                    yield return (session, Background);
                break;
            case IObjectCreationOperation { Type: INamedTypeSymbol type } creation when IsThreadOrTimer(type):
                foreach (var session in FindHandedOver(creation.Arguments, holders))
                    yield return (session, Background);
                break;
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: { Name: "Elapsed", ContainingType: var type } } } assignment
                when type.HasName("System.Timers.Timer"):
                foreach (var session in FindCaptured(assignment.HandlerValue, holders).Take(1))
                    yield return (session, Background);
                break;
            case IInvocationOperation call when IsForgotten(call):
                foreach (var session in FindPassed(call, holders).Take(1))
                    yield return (session, "nobody waits for this task before the request ends");
                break;
        }
    }

    private static bool RunsInBackground(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return method.Name switch
        {
            "Run" => type.HasName("System.Threading.Tasks.Task"),
            "StartNew" => type.HasName("System.Threading.Tasks.TaskFactory") || type.HasName("System.Threading.Tasks.TaskFactory`1"),
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" => type.HasName("System.Threading.ThreadPool"),
            "Start" or "UnsafeStart" => type.HasName("System.Threading.Thread"),
            "CreateTimer" => type.SelfAndBaseTypes().Any(static type => type.HasName("System.TimeProvider")),
            _ => false,
        };
    }

    private static bool IsThreadOrTimer(INamedTypeSymbol type) => type.HasName("System.Threading.Thread") || type.HasName("System.Threading.Timer");

    // Its task is thrown away, or it has none
    private static bool IsForgotten(IInvocationOperation call)
    {
        var isDiscarded = call.Parent is IExpressionStatementOperation
            || call.Parent is ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation };
        return isDiscarded && (IsTask(call.Type) || call.TargetMethod is { IsAsync: true, ReturnsVoid: true });
    }

    private static bool IsTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask" } named && named.IsInNamespace("System.Threading.Tasks");

    private static IEnumerable<IOperation> FindPassed(IInvocationOperation call, SessionHolders holders) =>
        call.Arguments.Select(static argument => argument.Value)
            .Concat(call.Instance is null ? [] : [call.Instance])
            .Select(SessionHolders.Unwrap)
            .Where(value => holders.IsSession(value.Type));

    private static IEnumerable<IOperation> FindHandedOver(IEnumerable<IArgumentOperation> arguments, SessionHolders holders) =>
        arguments.SelectMany(argument => SessionHolders.Unwrap(argument.Value) is var value && holders.IsSession(value.Type)
            ? [value]
            : FindCaptured(value, holders).Take(1));

    // AddSingleton<CartSession>(), and AddSingleton(services => new Cart(services.GetRequiredService<CartSession>()))
    private static IEnumerable<IOperation> FindInRegistration(IInvocationOperation call, SessionHolders holders)
    {
        if (call.TargetMethod.TypeArguments.Any(holders.IsSession))
            return [call];
        return call.Arguments
            .SelectMany(static argument => argument.Value.DescendantsAndSelf())
            .Where(operation => operation is IInvocationOperation or ITypeOfOperation
                && holders.IsSession(operation is ITypeOfOperation type ? type.TypeOperand : operation.Type)
                && !IsScoped(operation));
    }

    // What a scope of its own gave is no request's
    private static bool IsScoped(IOperation operation) =>
        operation is IInvocationOperation call && RootOf(call) is ILocalReferenceOperation;

    private static IEnumerable<IOperation> FindCaptured(IOperation handler, SessionHolders holders) => SessionHolders.Unwrap(handler) switch
    {
        IDelegateCreationOperation creation => FindCaptured(creation.Target, holders),
        IAnonymousFunctionOperation lambda => FindCaptured(lambda.Body, lambda.Symbol, holders),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => FindLocalFunction(reference) is { Body: { } body } function
            ? FindCaptured(body, function.Symbol, holders)
            : [],
        IMethodReferenceOperation { Instance: { } instance } when holders.IsSession(instance.Type) => [instance],
        _ => [],
    };

    private static IEnumerable<IOperation> FindCaptured(IOperation body, IMethodSymbol function, SessionHolders holders) =>
        body.Descendants().Where(operation =>
            operation is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IMemberReferenceOperation
                or IInvocationOperation { TargetMethod.Name: "GetSession" }
            && holders.IsSession(operation.Type)
            && IsFromOutside(RootOf(operation), function)
            && operation.Parent is not INameOfOperation);

    private static ILocalFunctionOperation? FindLocalFunction(IMethodReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is not null)
            root = root.Parent;
        return root.DescendantsAndSelf().OfType<ILocalFunctionOperation>()
            .FirstOrDefault(function => SymbolEqualityComparer.Default.Equals(function.Symbol, reference.Method));
    }

    /// <summary>Where a chain of members and calls begins: <c>context</c> of <c>context.GetSession()</c>.</summary>
    private static IOperation RootOf(IOperation operation)
    {
        while (true)
        {
            var receiver = operation switch
            {
                IMemberReferenceOperation member => member.Instance,
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [var first, ..] } => first.Value,
                IConversionOperation conversion => conversion.Operand,
                IAwaitOperation wait => wait.Operation,
                _ => null,
            };
            if (receiver is null)
                return operation;
            operation = receiver;
        }
    }

    private static bool IsFromOutside(IOperation root, IMethodSymbol function) => root switch
    {
        IInstanceReferenceOperation => true,
        ILocalReferenceOperation local => !IsInside(local.Local, function),
        IParameterReferenceOperation parameter => !IsInside(parameter.Parameter, function),
        _ => false,
    };

    private static bool IsInside(ISymbol variable, IMethodSymbol function)
    {
        for (var owner = variable.ContainingSymbol; owner is IMethodSymbol; owner = owner.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(owner, function))
                return true;
        }

        return false;
    }
}
