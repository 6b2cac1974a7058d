using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

/// <summary>Silences design rules that object to what a shape's property is meant to be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapePropertySuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor ConfusingName = new(
        "SESS0001", "CA1721", "GetX(defaultValue) reads the same key as the shape's property X.");

    private static readonly SuppressionDescriptor CollectionSetter = new(
        "SESS0002", "CA2227", "A shape's property stores the collection that it is set to.");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [ConfusingName, CollectionSetter];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is IPropertySymbol { IsPartialDefinition: true } property
                && SessionShapeRules.IsShape(property.ContainingType))
                context.ReportSuppression(Suppression.Create(diagnostic.Id == ConfusingName.SuppressedDiagnosticId ? ConfusingName : CollectionSetter, diagnostic));
        }
    }
}
