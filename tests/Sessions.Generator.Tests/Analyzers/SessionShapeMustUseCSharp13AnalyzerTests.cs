using Microsoft.CodeAnalysis.CSharp;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class SessionShapeMustUseCSharp13AnalyzerTests
{
    [Fact]
    public async Task An_older_language_is_reported_and_generates_nothing()
    {
        await AnalyzerTest<SessionShapeMustUseCSharp13Analyzer>.Verify("[SessionShape] public partial class [|Shape|] { }", LanguageVersion.CSharp12);
        Assert.Empty(GeneratorRun.Over(TestCompilation.Create("[SessionShape] public partial class Shape { }", LanguageVersion.CSharp12)).ShapeFiles);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.Latest)]
    public async Task CSharp_13_and_later_are_fine(LanguageVersion version)
    {
        const string source = "[SessionShape] public partial class Shape { public partial int Visits { get; set; } }";
        await AnalyzerTest<SessionShapeMustUseCSharp13Analyzer>.Verify(source, version);
        GeneratorRun.Over(TestCompilation.Create(source, version)).CompilesWithoutWarning();
    }

    [Fact]
    public Task Older_code_without_a_shape_is_fine() =>
        AnalyzerTest<SessionShapeMustUseCSharp13Analyzer>.Verify("public class NoShape { }", LanguageVersion.CSharp12);
}
