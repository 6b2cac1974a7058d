using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A session's place as a fix can write it once more.</summary>
internal static class OwnerText
{
    private static readonly string[] Readers = ["TryGet", "Get", "SetDefault"];

    /// <summary>The session or shape: empty for the shape that the code is in; null where evaluating the expression twice could matter.</summary>
    public static string? OfOwner(Place place) => Of(OwnerOf(place.Access));

    /// <summary>The statement that assigns the key, with <c>{0}</c> for the value; null where the key cannot be written twice.</summary>
    public static string? OfWrite(Place place)
    {
        if (OfOwner(place) is not { } owner)
            return null;
        var prefix = owner.Length == 0 ? "" : owner + ".";
        return place.Access switch
        {
            IPropertyReferenceOperation { Property: { IsIndexer: false } property } => $"{prefix}{CSharpName(property.Name)} = {{0}};",
            IPropertyReferenceOperation { Arguments: [{ Value.Syntax: ExpressionSyntax key }] } when owner.Length > 0 && IsKey(key) =>
                $"{owner}[{key}] = {{0}};",
            IInvocationOperation { TargetMethod.Name: "Get" or "TryGet" or "Set" or "SetDefault" or "GetRequired" } call
                when call.Arguments is [{ Value.Syntax: ExpressionSyntax key }, ..] && owner.Length > 0 && IsKey(key) =>
                $"{owner}.Set({key}, {{0}});",
            IInvocationOperation { TargetMethod: { ContainingType: { } shape } method } when FindProperty(shape, method.Name) is { } name =>
                $"{prefix}{name} = {{0}};",
            _ => null,
        };
    }

    // The property of TryGetLines, GetLines, SetDefaultLines
    private static string? FindProperty(INamedTypeSymbol shape, string method) => Readers
        .Where(verb => method.StartsWith(verb, StringComparison.Ordinal))
        .Select(verb => method.Substring(verb.Length))
        .FirstOrDefault(name => shape.GetMembers(name).OfType<IPropertySymbol>().Any(SessionVocabulary.IsShapeKey));

    private static IOperation? OwnerOf(IOperation? access) => access switch
    {
        IPropertyReferenceOperation property => property.Instance,
        IInvocationOperation call => call.Instance,
        _ => null,
    };

    private static string? Of(IOperation? owner) => owner switch
    {
        null or IConditionalAccessInstanceOperation => null,
        IInstanceReferenceOperation { IsImplicit: true } => "",
        _ => owner.Syntax is ExpressionSyntax syntax && IsSimple(syntax) ? syntax.WithoutTrivia().ToString() : null,
    };

    private static string CSharpName(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static bool IsKey(ExpressionSyntax key) => key is LiteralExpressionSyntax || IsSimple(key);

    private static bool IsSimple(ExpressionSyntax syntax) => syntax switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        PostfixUnaryExpressionSyntax bang when bang.IsKind(SyntaxKind.SuppressNullableWarningExpression) => IsSimple(bang.Operand),
        MemberAccessExpressionSyntax access => IsSimple(access.Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } =>
            access.Name.Identifier.ValueText == "GetSession" && IsSimple(access.Expression),
        _ => false,
    };
}
