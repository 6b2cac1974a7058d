using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingKeyShouldHaveDefaultAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.MissingKeyThrows,
        "A read that throws when the key is missing should give a default",
        "Reading a session by its indexer throws when the key is missing: use 'Get', which gives a default",
        Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.MissingKeyThrows));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        context.RegisterOperationAction(
            operation =>
            {
                if (symbols.IsSessionIndexer(operation.Operation) && !IsWritten(operation.Operation))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, operation.Operation.Syntax.GetLocation()));
            },
            OperationKind.PropertyReference);

    private static bool IsWritten(IOperation operation) => operation.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == operation,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        INameOfOperation => true,
        _ => false,
    };
}
