using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Infrastructure;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeyOfShapeShouldBeItsPropertyFixer)), Shared]
public sealed class KeyOfShapeShouldBeItsPropertyFixer() : SessionFixer(DiagnosticIds.KeyOfShape, "Use the shape's property")
{
    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model)
    {
        if (node.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is not ExpressionSyntax use || use is not (InvocationExpressionSyntax or ElementAccessExpressionSyntax)
            || model.GetOperation(node.FirstAncestorOrSelf<ArgumentSyntax>()!.Expression)?.ConstantValue is not { HasValue: true, Value: string key }
            || ShapeKeys.Of(model.Compilation)[key].FirstOrDefault() is not { } property
            || !model.IsAccessible(use.SpanStart, property)
            || FindShape(use, property.ContainingType, model) is not { } shape)
            return null;
        var replaced = use is ElementAccessExpressionSyntax ? ReplacedByRead(use) : use;
        var text = use switch
        {
            ElementAccessExpressionSyntax when use.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                && assignment.Left == use => TextOfWrite(assignment.Right, assignment, property, shape, model),
            ElementAccessExpressionSyntax => replaced is CastExpressionSyntax cast && HasType(cast.Type, property, model) ? $"{shape}.{Identifier(property)}" : null,
            InvocationExpressionSyntax call => TextOfCall(call, property, shape, model),
            _ => null,
        };
        if (text is null)
            return null;
        if (use.Parent is AssignmentExpressionSyntax written && written.Left == use || IsSet(use))
            replaced = use is InvocationExpressionSyntax ? use : (ExpressionSyntax)use.Parent!;
        return root => root.ReplaceNode(replaced, SyntaxFactory.ParseExpression(text).WithTriviaFrom(replaced));
    }

    // (int)session["n"]! is replaced as a whole
    private static ExpressionSyntax ReplacedByRead(ExpressionSyntax read)
    {
        var outer = read.Parent is PostfixUnaryExpressionSyntax bang ? bang : read;
        return outer.Parent is CastExpressionSyntax cast ? cast : outer;
    }

    private static bool IsSet(ExpressionSyntax use) =>
        use is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set" } };

    private static string? TextOfCall(InvocationExpressionSyntax call, IPropertySymbol property, string shape, SemanticModel model)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: var name }
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method
            || method.Parameters.Any(static parameter => parameter.Name == "valueFactory")
            || (method.TypeArguments is [var type] && !SymbolEqualityComparer.Default.Equals(type, property.Type)))
            return null;
        var verb = name.Identifier.ValueText;
        var rest = string.Join(", ", call.ArgumentList.Arguments.Skip(1).Select(static argument => argument.WithoutTrivia().ToString()));
        return verb switch
        {
            "Get" when rest.Length == 0 => $"{shape}.{Identifier(property)}",
            "Set" => TextOfWrite(call.ArgumentList.Arguments[1].Expression, call, property, shape, model),
            "ContainsKey" => Companion("Has", ""),
            "Get" or "TryGet" or "Pop" or "SetDefault" or "Remove" => Companion(verb, $"({rest})"),
            _ => null,
        };

        string? Companion(string prefix, string arguments) => GeneratedMembers.FindKeyConflicts(property.ContainingType, property).Any()
            ? null
            : $"{shape}.{prefix}{property.Name}{arguments}";
    }

    // An assignment stands only where its value is not used
    private static string? TextOfWrite(ExpressionSyntax value, ExpressionSyntax whole, IPropertySymbol property, string shape, SemanticModel model) =>
        whole.Parent is ExpressionStatementSyntax
        && property.SetMethod is { } setter && model.IsAccessible(whole.SpanStart, setter)
        && model.ClassifyConversion(value, property.Type).IsImplicit
            ? $"{shape}.{Identifier(property)} = {value}"
            : null;

    private static bool HasType(TypeSyntax type, IPropertySymbol property, SemanticModel model) =>
        SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(type).Type, property.Type);

    /// <summary>A shape of the class that is at hand: the one whose session it is, else a variable or member.</summary>
    private static string? FindShape(ExpressionSyntax use, INamedTypeSymbol type, SemanticModel model)
    {
        var session = use switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
            ElementAccessExpressionSyntax access => access.Expression,
            _ => null,
        };
        if (session is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Session" } own && IsShape(model.GetTypeInfo(own.Expression).Type))
            return own.Expression.ToString();
        var isStatic = model.GetEnclosingSymbol(use.SpanStart)?.IsStatic == true;
        return model.LookupSymbols(use.SpanStart)
            .Where(symbol => symbol switch
            {
                ILocalSymbol local => IsShape(local.Type) && local.Locations[0].SourceSpan.End < use.SpanStart,
                IParameterSymbol parameter => IsShape(parameter.Type),
                IFieldSymbol field => !isStatic && !field.IsStatic && IsShape(field.Type),
                IPropertySymbol member => !isStatic && !member.IsStatic && IsShape(member.Type),
                _ => false,
            })
            .OrderBy(static symbol => symbol is ILocalSymbol or IParameterSymbol ? 0 : 1)
            .Select(static symbol => CSharpText.Identifier(symbol.Name))
            .FirstOrDefault();

        bool IsShape(ITypeSymbol? candidate) => SymbolEqualityComparer.Default.Equals(candidate, type);
    }

    private static string Identifier(IPropertySymbol property) => CSharpText.Identifier(property.Name);
}
