using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>The session or shape as a fix can write it once more.</summary>
internal static class OwnerText
{
    /// <summary>Source text; empty for the shape that the code is in; null where evaluating the expression twice could matter.</summary>
    public static string? Of(IOperation? owner) => owner switch
    {
        null or IConditionalAccessInstanceOperation => null,
        IInstanceReferenceOperation { IsImplicit: true } => "",
        _ => owner.Syntax is ExpressionSyntax syntax && IsSimple(syntax) ? syntax.WithoutTrivia().ToString() : null,
    };

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
