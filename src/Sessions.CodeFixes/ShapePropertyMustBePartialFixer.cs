using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShapePropertyMustBePartialFixer)), Shared]
public sealed class ShapePropertyMustBePartialFixer() : SessionFixer(DiagnosticIds.PropertyNotPartial, "Make it a partial property with get and set")
{
    // A body, or an initial value that an attribute cannot say, would be lost
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model) =>
        node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { ExpressionBody: null, AccessorList: { } accessors } property
        && accessors.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null)
        && property.Initializer is null or { Value: LiteralExpressionSyntax }
        && (property.Initializer is null || !HasDefault(property))
            ? root => root.ReplaceNode(property, MakeKey(property, accessors))
            : null;

    private static bool HasDefault(PropertyDeclarationSyntax property) =>
        property.FindSessionKey()?.ArgumentList?.Arguments.Any(static argument => argument.NameEquals is not null) == true;

    private static PropertyDeclarationSyntax MakeKey(PropertyDeclarationSyntax property, AccessorListSyntax accessors)
    {
        var key = property
            .WithAccessorList(WithGetAndSet(accessors))
            .WithoutModifier(SyntaxKind.StaticKeyword)
            .WithoutModifier(SyntaxKind.RequiredKeyword)
            .WithPartial();
        if (property.Initializer is not { } initializer)
            return key;

        var end = property.SemicolonToken.TrailingTrivia;
        key = key.WithInitializer(null).WithSemicolonToken(default).WithTrailingTrivia(end);
        return initializer.Value.IsKind(SyntaxKind.NullLiteralExpression) || initializer.Value.IsKind(SyntaxKind.DefaultLiteralExpression)
            ? key
            : key.WithSessionKeyArgument(SyntaxFactory.AttributeArgument(
                SyntaxFactory.NameEquals("Default"), nameColon: null, initializer.Value.WithoutTrivia()));
    }

    private static AccessorListSyntax WithGetAndSet(AccessorListSyntax accessors)
    {
        var list = accessors.Accessors;
        if (list.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.InitAccessorDeclaration)) is { } init)
        {
            var keyword = SyntaxFactory.Token(SyntaxKind.SetKeyword).WithTriviaFrom(init.Keyword);
            list = list.Replace(init, SyntaxFactory.AccessorDeclaration(
                SyntaxKind.SetAccessorDeclaration, init.AttributeLists, init.Modifiers, keyword, body: null, expressionBody: null, init.SemicolonToken));
        }

        if (!list.Any(SyntaxKind.GetAccessorDeclaration))
            list = list.Insert(0, Accessor(SyntaxKind.GetAccessorDeclaration));
        if (!list.Any(SyntaxKind.SetAccessorDeclaration))
            list = list.Add(Accessor(SyntaxKind.SetAccessorDeclaration));
        return accessors.WithAccessors(list);
    }

    private static AccessorDeclarationSyntax Accessor(SyntaxKind kind) =>
        SyntaxFactory.AccessorDeclaration(kind)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(SyntaxFactory.Space));
}
