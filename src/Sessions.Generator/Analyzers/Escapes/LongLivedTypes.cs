using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Escapes;

/// <summary>Classes whose objects live as long as the application.</summary>
internal static class LongLivedTypes
{
    /// <summary>What makes the class long-lived; null for one that is not.</summary>
    public static string? Describe(INamedTypeSymbol type, bool isSingleton) =>
        isSingleton ? $"'{type.Name}' is a singleton"
        : type.AllInterfaces.Any(static face => face.HasName("Microsoft.Extensions.Hosting.IHostedService")) ? $"'{type.Name}' is a hosted service"
        : IsConventionMiddleware(type) ? $"'{type.Name}' is middleware, constructed once"
        : null;

    /// <summary>The classes that a call registers as singletons or hosted services.</summary>
    public static IEnumerable<INamedTypeSymbol> FindRegistered(IInvocationOperation call)
    {
        if (!IsRegistration(call.TargetMethod))
            return [];
        var named = call.TargetMethod.TypeArguments
            .Concat(call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>().Select(static type => type.TypeOperand));
        var made = call.Arguments
            .SelectMany(static argument => argument.Value.DescendantsAndSelf())
            .OfType<IObjectCreationOperation>()
            .Select(static creation => creation.Type);
        return named.Concat(made).OfType<INamedTypeSymbol>();
    }

    /// <summary>Whether a method registers services that live as long as the application.</summary>
    public static bool IsRegistration(IMethodSymbol method) =>
        method.Name is "AddSingleton" or "TryAddSingleton" or "AddKeyedSingleton" or "TryAddKeyedSingleton" or "AddHostedService" or "Singleton" or "KeyedSingleton"
        && method.ContainingNamespace.ToDisplayString().StartsWith("Microsoft.Extensions.DependencyInjection", StringComparison.Ordinal);

    private static bool IsConventionMiddleware(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(static constructor => constructor.Parameters.Any(static parameter =>
            parameter.Type is INamedTypeSymbol name && name.HasName("Microsoft.AspNetCore.Http.RequestDelegate")))
        && type.SelfAndBaseTypes().SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>().Any(static method =>
            method.Name is "Invoke" or "InvokeAsync"
            && method.Parameters is [{ Type: INamedTypeSymbol first }, ..]
            && first.HasName("Microsoft.AspNetCore.Http.HttpContext"));
}
