using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyMustNotBeginWithUnderscoreFixer)), Shared]
public sealed class KeyMustNotBeginWithUnderscoreFixer() : SessionFixer(DiagnosticIds.KeyWithUnderscore, "Drop the underscore")
{
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model)
    {
        var whole = node.FirstAncestorOrSelf<ExpressionSyntax>();
        if (whole is not null && FindBegin(whole) is { } begin)
            return Drop(begin, mayBeEmpty: begin != whole || whole.Parent is AttributeArgumentSyntax { NameEquals: not null });

        // the property keeps its name: others may use it
        if (node is PropertyDeclarationSyntax property && property.Identifier.ValueText.TrimStart('_') is { Length: > 0 } key)
            return root => root.ReplaceNode(property, property.WithSessionKeyArgument(SyntaxFactory.AttributeArgument(Literal(key))));
        return null;
    }

    // The text that the key begins with, where it stands here; a constant may have other uses
    private static SyntaxNode? FindBegin(ExpressionSyntax key) => key switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal : null,
        BinaryExpressionSyntax sum => FindBegin(sum.Left),
        ParenthesizedExpressionSyntax inner => FindBegin(inner.Expression),
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax text, ..] } => text,
        InterpolatedStringExpressionSyntax { Contents: [InterpolationSyntax hole, ..] } => FindBegin(hole.Expression),
        _ => null,
    };

    private static Func<SyntaxNode, SyntaxNode>? Drop(SyntaxNode begin, bool mayBeEmpty)
    {
        if (begin is InterpolatedStringTextSyntax text)
        {
            var bare = text.TextToken.Text.TrimStart('_');
            var token = SyntaxFactory.Token(
                text.TextToken.LeadingTrivia, SyntaxKind.InterpolatedStringTextToken, bare, text.TextToken.ValueText.TrimStart('_'), text.TextToken.TrailingTrivia);
            return root => root.ReplaceNode(text, text.WithTextToken(token));
        }

        var name = ((LiteralExpressionSyntax)begin).Token.ValueText.TrimStart('_');
        return name.Length == 0 && !mayBeEmpty ? null : root => root.ReplaceNode(begin, Literal(name).WithTriviaFrom(begin));
    }

    private static LiteralExpressionSyntax Literal(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}
