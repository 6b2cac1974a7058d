using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sessions.CodeFixes;

internal static class PropertyDeclarationSyntaxExtensions
{
    public static AttributeSyntax? FindSessionKey(this PropertyDeclarationSyntax property) =>
        property.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(static attribute =>
            attribute.Name.GetLastToken().ValueText is "SessionKey" or "SessionKeyAttribute");

    /// <summary>Gives the property's <c>[SessionKey]</c> one more argument: a positional one goes first.</summary>
    public static PropertyDeclarationSyntax WithSessionKeyArgument(this PropertyDeclarationSyntax property, AttributeArgumentSyntax argument)
    {
        if (property.FindSessionKey() is { } attribute)
        {
            var arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
            var index = argument.NameEquals is null ? 0 : arguments.Arguments.Count;
            var changed = attribute.WithArgumentList(arguments.WithArguments(arguments.Arguments.Insert(index, argument)));
            return property.ReplaceNode(attribute, changed.NormalizeWhitespace());
        }

        var added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
            SyntaxFactory.IdentifierName("SessionKey"),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(argument))))).NormalizeWhitespace();
        var leading = property.GetLeadingTrivia();
        var bare = property.WithoutLeadingTrivia();
        return bare
            .WithAttributeLists(bare.AttributeLists.Insert(0, added.WithTrailingTrivia(SyntaxFactory.Space)))
            .WithLeadingTrivia(leading);
    }
}
