using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class SessionShapeMustBeOrdinaryClassAnalyzerTests
{
    [Theory]
    [InlineData("[SessionShape] public static partial class [|Shape|];")]
    [InlineData("[SessionShape] public abstract partial class [|Shape|];")]
    [InlineData("[SessionShape] public partial class [|Shape|]<T>;")]
    [InlineData("[SessionShape] file partial class [|Shape|];")]
    [InlineData("public partial class Outer<T> { [SessionShape] public partial class [|Shape|]; }")]
    [InlineData("file partial class Outer { [SessionShape] public partial class [|Shape|]; }")]
    public async Task A_class_that_cannot_be_created_or_named_is_reported_and_generates_nothing(string markup)
    {
        await AnalyzerTest<SessionShapeMustBeOrdinaryClassAnalyzer>.Verify(markup);
        Assert.Empty(GeneratorRun.Over(TestCompilation.Create(Markup.Parse(markup).Source)).ShapeFiles);
    }

    [Fact]
    public Task Sealed_nested_and_record_classes_are_fine() => AnalyzerTest<SessionShapeMustBeOrdinaryClassAnalyzer>.VerifyValid("""
        [SessionShape] public sealed partial class One;
        [SessionShape] public partial record Two;
        public static partial class Outer { [SessionShape] internal partial class Three; }
        public abstract class NoShape<T>;
        """);
}
