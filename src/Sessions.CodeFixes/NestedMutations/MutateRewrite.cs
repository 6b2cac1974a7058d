using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator;

namespace Sessions.CodeFixes.NestedMutations;

/// <summary>Rewrites <c>cart.Lines.Add(line)</c> to <c>cart.MutateLines(lines => lines.Add(line))</c>.</summary>
internal static class MutateRewrite
{
    public static NestedMutationEdit? Find(SyntaxNode mutation, SemanticModel model, CancellationToken cancellationToken)
    {
        var change = StatementPlace.Find(mutation, model) switch
        {
            { Anchor: ExpressionStatementSyntax statement } => statement.Expression,
            { Anchor: ExpressionSyntax expression, GivesValue: false } => expression,
            _ => null,
        };
        if (change is null || !change.Span.Contains(mutation.Span) || !CanMove(change, model))
            return null;
        var value = FindValue(change, model, cancellationToken);
        if (value is null || model.GetSymbolInfo(value, cancellationToken).Symbol is not IPropertySymbol property)
            return null;

        // what is changed hangs on the value, and the value is not the very thing that is assigned
        if (value == change || (value.Parent is AssignmentExpressionSyntax assignment && assignment.Left == value) || !IsOnChain(mutation, change, value))
            return null;
        if (NameFor(property.Name, value, model) is not { } parameter)
            return null;
        var owner = value is MemberAccessExpressionSyntax access ? access.Expression.WithoutTrivia() + "." : "";
        var body = change.ReplaceNode(value, SyntaxFactory.IdentifierName(parameter).WithTriviaFrom(value)).WithoutTrivia();
        return new ExpressionEdit(change, SyntaxFactory.ParseExpression($"{owner}Mutate{property.Name}({parameter} => {body})"));
    }

    // Down the left side: the key's property at the root of the chain
    private static ExpressionSyntax? FindValue(ExpressionSyntax change, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var current = change; current is not null; current = LeftOf(current))
        {
            if (current is MemberAccessExpressionSyntax or IdentifierNameSyntax
                && model.GetSymbolInfo(current, cancellationToken).Symbol is IPropertySymbol property
                && SessionShapeRules.IsShape(property.ContainingType)
                && SessionShapeRules.IsKey(property.PartialDefinitionPart ?? property, cancellationToken))
                return SessionShapeRules.IsMutable(property.Type) ? current : null;
        }

        return null;
    }

    private static bool IsOnChain(SyntaxNode mutation, ExpressionSyntax change, ExpressionSyntax value)
    {
        for (var current = change; current is not null && current != value; current = LeftOf(current))
        {
            var name = current switch
            {
                MemberAccessExpressionSyntax access => access.Name,
                ElementAccessExpressionSyntax element => element.ArgumentList,
                _ => (SyntaxNode?)null,
            };
            if (name is not null && name.Span.Contains(mutation.Span))
                return name.Span == mutation.Span;
        }

        return false;
    }

    private static ExpressionSyntax? LeftOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => call.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        AssignmentExpressionSyntax assignment => assignment.Left,
        PostfixUnaryExpressionSyntax unary => unary.Operand,
        PrefixUnaryExpressionSyntax unary => unary.Operand,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        _ => null,
    };

    // What a lambda cannot hold: awaits, variables that are used after, parameters by reference
    private static bool CanMove(ExpressionSyntax change, SemanticModel model) => change.DescendantNodesAndSelf().All(node => node switch
    {
        AwaitExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax or ThrowExpressionSyntax => false,
        IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
        {
            IParameterSymbol parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType,
            ILocalSymbol local => !local.IsRef && !local.Type.IsRefLikeType,
            _ => true,
        },
        _ => true,
    });

    private static string? NameFor(string property, ExpressionSyntax value, SemanticModel model)
    {
        var name = char.ToLowerInvariant(property[0]) + property.Substring(1);
        return new[] { name, "value" }.FirstOrDefault(candidate =>
            SyntaxFacts.GetKeywordKind(candidate) == SyntaxKind.None
            && SyntaxFacts.GetContextualKeywordKind(candidate) == SyntaxKind.None
            && candidate != property
            && model.LookupSymbols(value.SpanStart, name: candidate).IsEmpty);
    }
}
