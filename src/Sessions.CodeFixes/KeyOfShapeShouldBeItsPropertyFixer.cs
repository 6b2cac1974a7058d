using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Infrastructure;

namespace Sessions.CodeFixes;

/// <summary>Replaces a use of the session by the shape's own member, where a shape is at hand and the types agree.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyOfShapeShouldBeItsPropertyFixer)), Shared]
public sealed class KeyOfShapeShouldBeItsPropertyFixer() : SessionFixer(DiagnosticIds.KeyOfShape, "Use the shape's property")
{
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model)
    {
        if (node.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument
            || model.GetConstantValue(argument.Expression).Value is not string key
            || ShapeKeys.Of(model.Compilation)[key].FirstOrDefault() is not { } property)
            return null;
        var use = argument.Parent?.Parent switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => new Use(call, access.Expression),
            ElementAccessExpressionSyntax access => new Use(access, access.Expression),
            _ => null,
        };
        if (use is null || !model.IsAccessible(use.Whole.SpanStart, property) || FindShape(use, property.ContainingType, model) is not { } shape)
            return null;

        var (replaced, text) = use.Whole is InvocationExpressionSyntax invocation
            ? (use.Whole, Call(invocation, property, model))
            : Access(use.Whole, property, model);
        return text is null ? null : root => root.ReplaceNode(replaced, SyntaxFactory.ParseExpression($"{shape}.{text}").WithTriviaFrom(replaced));
    }

    // session["n"] = value, and (int)session["n"]!
    private static (ExpressionSyntax Replaced, string? Text) Access(ExpressionSyntax access, IPropertySymbol property, SemanticModel model)
    {
        if (access.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == access)
            return (assignment, Write(assignment.Right, assignment, property, model));
        var parent = access.Parent is PostfixUnaryExpressionSyntax bang ? bang.Parent : access.Parent;
        return parent is CastExpressionSyntax cast && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(cast.Type).Type, property.Type)
            ? (cast, CSharpText.Identifier(property.Name))
            : (access, null);
    }

    private static string? Call(InvocationExpressionSyntax call, IPropertySymbol property, SemanticModel model)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || method.Parameters.Any(static parameter => parameter.Name == "valueFactory")
            || (method.TypeArguments is [var type] && !SymbolEqualityComparer.Default.Equals(type, property.Type)))
            return null;
        var arguments = call.ArgumentList.Arguments.Skip(1).ToArray();
        if (method.Name == "Set")
            return Write(arguments[0].Expression, call, property, model);
        if (method.Name == "Get" && arguments.Length == 0)
            return CSharpText.Identifier(property.Name);
        if (GeneratedMembers.FindKeyConflicts(property.ContainingType, property).Any())
            return null;
        return method.Name switch
        {
            "ContainsKey" => $"Has{property.Name}",
            "Get" or "TryGet" or "Pop" or "SetDefault" or "Remove" =>
                $"{method.Name}{property.Name}({string.Join(", ", arguments.Select(static argument => argument.WithoutTrivia().ToString()))})",
            _ => null,
        };
    }

    // An assignment takes the place of a call only where nobody uses its value
    private static string? Write(ExpressionSyntax value, ExpressionSyntax whole, IPropertySymbol property, SemanticModel model) =>
        whole.Parent is ExpressionStatementSyntax
        && property.SetMethod is { } setter && model.IsAccessible(whole.SpanStart, setter)
        && model.ClassifyConversion(value, property.Type).IsImplicit
            ? $"{CSharpText.Identifier(property.Name)} = {value}"
            : null;

    /// <summary>A shape of the class: the one whose session it is, else a variable or member that can be seen.</summary>
    private static string? FindShape(Use use, INamedTypeSymbol type, SemanticModel model)
    {
        var position = use.Whole.SpanStart;
        if (use.Session is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Session" } own && IsShape(model.GetTypeInfo(own.Expression).Type))
            return own.Expression.ToString();
        var hasThis = model.GetEnclosingSymbol(position)?.IsStatic == false;
        return model.LookupSymbols(position)
            .Where(symbol => symbol switch
            {
                ILocalSymbol local => IsShape(local.Type) && local.Locations[0].SourceSpan.End < position,
                IParameterSymbol parameter => IsShape(parameter.Type),
                IFieldSymbol field => hasThis && !field.IsStatic && IsShape(field.Type),
                IPropertySymbol member => hasThis && !member.IsStatic && IsShape(member.Type),
                _ => false,
            })
            .OrderBy(static symbol => symbol is ILocalSymbol or IParameterSymbol ? 0 : 1)
            .Select(static symbol => CSharpText.Identifier(symbol.Name))
            .FirstOrDefault();

        bool IsShape(ITypeSymbol? candidate) => SymbolEqualityComparer.Default.Equals(candidate, type);
    }

    private sealed record Use(ExpressionSyntax Whole, ExpressionSyntax Session);
}
