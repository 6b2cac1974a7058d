using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Sessions.CodeFixes;

/// <summary>Fixes all of a document's, a project's or a solution's diagnostics by one change to each project.</summary>
internal sealed class ProjectFixAllProvider(
    string title, Func<Project, Document?, IReadOnlyCollection<Diagnostic>, CancellationToken, Task<Solution>> fix) : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(
        CodeAction.Create(title, cancellationToken => FixAsync(context, cancellationToken), equivalenceKey: title));

    private async Task<Solution> FixAsync(FixAllContext context, CancellationToken cancellationToken)
    {
        var solution = context.Solution;
        var projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
        foreach (var id in projects.Select(static project => project.Id).ToArray())
        {
            var project = solution.GetProject(id)!;
            var diagnostics = context.Scope == FixAllScope.Document
                ? await context.GetDocumentDiagnosticsAsync(context.Document!).ConfigureAwait(false)
                : await FindAsync(context, project).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                solution = await fix(project, context.Document, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    private static Task<ImmutableArray<Diagnostic>> FindAsync(FixAllContext context, Project project) =>
        context.GetAllDiagnosticsAsync(context.Solution.GetProject(project.Id)!);
}
