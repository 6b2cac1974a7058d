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
        if (node.FirstAncestorOrSelf<ExpressionSyntax>() is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            var name = literal.Token.ValueText.TrimStart('_');
            var isPrefix = literal.Parent is AttributeArgumentSyntax { NameEquals: not null };
            return name.Length == 0 && !isPrefix ? null : root => root.ReplaceNode(literal, Literal(name).WithTriviaFrom(literal));
        }

        // the property keeps its name: others may use it
        if (node is PropertyDeclarationSyntax property && property.Identifier.ValueText.TrimStart('_') is { Length: > 0 } key)
            return root => root.ReplaceNode(property, property.WithSessionKeyArgument(SyntaxFactory.AttributeArgument(Literal(key))));
        return null;
    }

    private static LiteralExpressionSyntax Literal(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}
