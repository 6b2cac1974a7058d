using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingKeyShouldHaveDefaultFixer)), Shared]
public sealed class MissingKeyShouldHaveDefaultFixer() : SessionFixer(DiagnosticIds.MissingKeyThrows, "Use Get, which gives a default")
{
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model)
    {
        if (node.FirstAncestorOrSelf<ElementAccessExpressionSyntax>() is not { } read
            || read.Span != diagnostic.Location.SourceSpan
            || (read.Parent is AssignmentExpressionSyntax assignment && assignment.Left == read))
            return null;

        // (int)session["n"]! says the type; without a cast it stays an object
        var parent = read.Parent;
        if (parent is PostfixUnaryExpressionSyntax bang && bang.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            parent = bang.Parent;
        var cast = parent as CastExpressionSyntax;
        var type = cast?.Type.WithoutTrivia().ToString() ?? "object";
        var call = SyntaxFactory.ParseExpression($"{read.Expression}.Get<{type}>({read.ArgumentList.Arguments})");

        // (string)session["s"]! promised that it is not null
        if (cast is not null && parent != read.Parent && model.GetTypeInfo(cast.Type).Type is { IsReferenceType: true })
            call = SyntaxFactory.PostfixUnaryExpression(SyntaxKind.SuppressNullableWarningExpression, call);
        SyntaxNode replaced = cast is null ? read : cast;
        return root => root.ReplaceNode(replaced, call.WithTriviaFrom(replaced));
    }
}
