using Microsoft.CodeAnalysis;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class KeyMustHaveOneTypeAnalyzerTests
{
    [Fact]
    public async Task A_key_of_two_types_is_an_error_at_the_later_property()
    {
        var found = await AnalyzerTest<KeyMustHaveOneTypeAnalyzer>.VerifyValid("""
            [SessionShape]
            public partial class One
            {
                public partial int Visits { get; set; }
                [SessionKey("Visits")] public partial long [|Count|] { get; set; }
            }

            [SessionShape(Prefix = "Vis")]
            public partial class Two
            {
                [SessionKey("its")] public partial string [|Color|] { get; set; }
            }
            """);
        Assert.All(found, static diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
    }

    [Fact]
    public async Task A_key_in_two_places_of_one_type_is_worth_a_note()
    {
        var found = await AnalyzerTest<KeyMustHaveOneTypeAnalyzer>.VerifyValid("""
            [SessionShape] public partial class One { public partial List<int> Visits { get; set; } }
            [SessionShape] public partial class Two { public partial List<int> [|Visits|] { get; set; } }
            """);
        Assert.Equal(DiagnosticSeverity.Info, found.Single().Severity);
    }

    [Fact]
    public Task Keys_of_different_names_are_fine() => AnalyzerTest<KeyMustHaveOneTypeAnalyzer>.VerifyValid("""
        [SessionShape(Prefix = "a.")] public partial class One { public partial int Visits { get; set; } }
        [SessionShape(Prefix = "b.")] public partial class Two { public partial string Visits { get; set; } public partial int visits { get; set; } }
        """);

    [Fact]
    public async Task Shapes_of_referenced_assemblies_count()
    {
        var library = GeneratorRun.Over(TestCompilation.Create("""
            [SessionShape(Prefix = "cart.")]
            public partial class CartSession
            {
                public partial int Visits { get; set; }
                [SessionKey("n")] public partial string? Note { get; set; }
            }
            """, assemblyName: "Library")).Output;
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var web = GeneratorRun.Over(TestCompilation.Create("""
            [SessionShape]
            public partial class Other
            {
                [SessionKey("cart.Visits")] public partial string Visits { get; set; }
                [SessionKey("cart.n")] public partial string Note { get; set; }
                public partial int Modifier { get; set; }
            }
            """, assemblyName: "Web").AddReferences(MetadataReference.CreateFromImage(image.ToArray()))).Output;
        var found = await AnalyzerTest<KeyMustHaveOneTypeAnalyzer>.Run(web);
        Assert.Equal([DiagnosticSeverity.Error, DiagnosticSeverity.Info], found.Select(static diagnostic => diagnostic.Severity));
        Assert.Equal("The session key 'cart.Visits' is also the property 'CartSession.Visits' of type 'int'", found[0].GetMessage());
    }

    [Fact]
    public Task An_override_is_no_second_key() => AnalyzerTest<KeyMustHaveOneTypeAnalyzer>.VerifyValid("""
        [SessionShape] public partial class One { public virtual partial int Visits { get; set; } public partial int Count { get; set; } }
        [SessionShape] public partial class Two : One { public override partial int Visits { get; set; } public new partial string [|Count|] { get; set; } }
        """);
}
