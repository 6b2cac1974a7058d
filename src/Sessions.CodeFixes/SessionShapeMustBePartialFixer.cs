using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SessionShapeMustBePartialFixer)), Shared]
public sealed class SessionShapeMustBePartialFixer() : SessionFixer(DiagnosticIds.ShapeNotPartial, "Make partial")
{
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            ? root => root.ReplaceNode(declaration, declaration.WithPartial())
            : null;
}
