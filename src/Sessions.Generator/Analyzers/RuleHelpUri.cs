namespace Sessions.Generator.Analyzers;

internal static class RuleHelpUri
{
    public static string For(string id) => $"https://github.com/sessions-dotnet/sessions/blob/main/docs/diagnostics/{id}.md";
}
