using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sessions.CodeFixes.NestedMutations;

/// <summary>Where a statement that belongs to a mutation can go.</summary>
/// <param name="Anchor">The mutation's statement, or the expression that is the body around it.</param>
/// <param name="IsBefore">Whether it goes before the anchor, because nothing after it would run on every path.</param>
/// <param name="GivesValue">Whether the anchor is a body whose value is returned.</param>
internal sealed record StatementPlace(SyntaxNode Anchor, bool IsBefore, bool GivesValue = false)
{
    public static StatementPlace? Find(SyntaxNode mutation, SemanticModel model)
    {
        foreach (var node in mutation.AncestorsAndSelf())
        {
            switch (node)
            {
                case LocalFunctionStatementSyntax:
                    return null; // in a default value or an attribute
                case StatementSyntax statement:
                    return new(statement, statement is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax));
                case ExpressionSyntax body when body.Parent is AnonymousFunctionExpressionSyntax function && function.ExpressionBody == body:
                    return InLambda(body, function, model);
                case ExpressionSyntax body when body.Parent is ArrowExpressionClauseSyntax { Parent: { } member }:
                    return InMember(body, member, model);
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static StatementPlace? InLambda(ExpressionSyntax body, AnonymousFunctionExpressionSyntax function, SemanticModel model)
    {
        var isTree = model.GetTypeInfo(function).ConvertedType is INamedTypeSymbol { Name: "Expression", ContainingNamespace.Name: "Expressions" };
        return isTree || model.GetSymbolInfo(function).Symbol is not IMethodSymbol method ? null : Around(body, method);
    }

    private static StatementPlace? InMember(ExpressionSyntax body, SyntaxNode member, SemanticModel model) => member switch
    {
        PropertyDeclarationSyntax or IndexerDeclarationSyntax => new(body, IsBefore: true, GivesValue: true),
        _ => model.GetDeclaredSymbol(member) is IMethodSymbol method ? Around(body, method) : null,
    };

    private static StatementPlace Around(ExpressionSyntax body, IMethodSymbol method)
    {
        var givesValue = !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments.IsEmpty: true });
        return new(body, givesValue, givesValue);
    }
}
