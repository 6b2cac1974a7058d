using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionShouldNotBeReplacedAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.SessionReplaced,
        "The session object should not be replaced",
        "This replaces the request's session object, and what is written to the new one is not saved",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.SessionReplaced));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var target = ((IAssignmentOperation)context.Operation).Target;
        if (target is IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } property
            && (IsSessionProperty(property.Property) || IsFeatureEntry(property)))
            context.ReportDiagnostic(Diagnostic.Create(Rule, target.Syntax.GetLocation()));
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var method = ((IInvocationOperation)context.Operation).TargetMethod;
        if (method is { Name: "Set", TypeArguments: [var feature] } && IsFeatures(method.ContainingType) && IsSessionFeature(feature))
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation()));
    }

    private static bool IsSessionProperty(IPropertySymbol property) =>
        property.Name == "Session"
        && (property.ContainingType.SelfAndBaseTypes().Any(static type => type.HasName("Microsoft.AspNetCore.Http.HttpContext"))
            || IsSessionFeature(property.ContainingType)
            || property.ContainingType.AllInterfaces.Any(IsSessionFeature));

    private static bool IsFeatureEntry(IPropertyReferenceOperation property) =>
        property.Property.IsIndexer
        && IsFeatures(property.Property.ContainingType)
        && property.Arguments is [{ Value: ITypeOfOperation { TypeOperand: var feature } }]
        && IsSessionFeature(feature);

    private static bool IsFeatures(INamedTypeSymbol type) =>
        type.HasName("Microsoft.AspNetCore.Http.Features.IFeatureCollection")
        || type.AllInterfaces.Any(static face => face.HasName("Microsoft.AspNetCore.Http.Features.IFeatureCollection"));

    private static bool IsSessionFeature(ITypeSymbol type) =>
        type is INamedTypeSymbol named && named.HasName("Microsoft.AspNetCore.Http.Features.ISessionFeature");
}
