using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class KeyOfShapeShouldBeItsPropertyAnalyzerTests
{
    private const string Shape = """


        [SessionShape(Prefix = "cart.")]
        public partial class CartSession
        {
            public partial int Visits { get; set; }
            [SessionKey("note")] public partial string? Note { get; set; }
        }
        """;

    [Fact]
    public Task A_literal_key_that_a_shape_types_is_noted_wherever_it_stands() => AnalyzerTest<KeyOfShapeShouldBeItsPropertyAnalyzer>.VerifyValid("""
        internal static class Uses
        {
            private const string Prefix = "cart.";
            private const string Visits = Prefix + nameof(CartSession.Visits);
            public static readonly SessionKey<int> Key = new([|Visits|]);

            public static void Run(Session session, string other)
            {
                const string note = $"{Prefix}note";
                session.Set([|"cart.Visits"|], 1);
                session[[|Visits|]] = session.Get<string>([|note|]);
                session.Update([new([|"cart.note"|], "a"), new("free", 1)]);
                session.Remove("Visits");
                session.Remove("note");
                session.Remove(other);
                session.Remove(CartSession.Keys.Visits);
            }
        }
        """ + Shape);

    [Fact]
    public async Task Shapes_of_referenced_assemblies_count()
    {
        var library = GeneratorRun.Over(TestCompilation.Create(Shape, assemblyName: "Library")).Output;
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var source = TestCompilation.Create("internal static class Uses { public static int Run(Session session) => session.Get<int>(\"cart.Visits\"); }");
        foreach (var reference in (Microsoft.CodeAnalysis.MetadataReference[])[library.ToMetadataReference(), Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray())])
        {
            var found = await AnalyzerTest<KeyOfShapeShouldBeItsPropertyAnalyzer>.Run(source.AddReferences(reference));
            Assert.Contains("'CartSession.Visits'", found.Single().GetMessage(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task The_fix_uses_a_shape_that_is_at_hand() => FixTest<KeyOfShapeShouldBeItsPropertyAnalyzer, KeyOfShapeShouldBeItsPropertyFixer>.Verify(
        """
        internal sealed class Uses(CartSession held)
        {
            public static int Run(Session session, CartSession cart)
            {
                session.Set("cart.Visits", 1);
                session["cart.note"] = "a";
                if (session.TryGet("cart.Visits", out int count) && session.ContainsKey("cart.note"))
                    session.Remove("cart.note");
                session.SetDefault("cart.Visits", count);
                return session.Get<int>("cart.Visits") + session.Get("cart.Visits", 5) + session.Pop<int>("cart.Visits") + (int)session["cart.Visits"]!;
            }

            public string? Note() => held.Session.Get<string>("cart.note");
        }
        """ + Shape,
        """
        internal sealed class Uses(CartSession held)
        {
            public static int Run(Session session, CartSession cart)
            {
                cart.Visits = 1;
                cart.Note = "a";
                if (cart.TryGetVisits(out int count) && cart.HasNote)
                    cart.RemoveNote();
                cart.SetDefaultVisits(count);
                return cart.Visits + cart.GetVisits(5) + cart.PopVisits() + cart.Visits;
            }

            public string? Note() => held.Note;
        }
        """ + Shape);

    [Theory]
    [InlineData("public static int Run(Session session) => session.Get<int>(\"cart.Visits\");")]
    [InlineData("private readonly CartSession _cart = null!; public static int Run(Session session, Uses uses) => session.Get<int>(\"cart.Visits\") + (uses._cart is null ? 1 : 2);")]
    [InlineData("public static long Run(Session session, CartSession cart) => session.Get<long>(\"cart.Visits\");")]
    [InlineData("public static object? Run(Session session, CartSession cart) => session[\"cart.Visits\"];")]
    [InlineData("public static void Run(Session session, CartSession cart) => session.Update([new(\"cart.Visits\", 1)]);")]
    [InlineData("public static SessionKey<int> Run(CartSession cart) => new(\"cart.Visits\");")]
    [InlineData("public static void Run(Session session, CartSession cart) => session.SetDefault(\"cart.Visits\", () => 1);")]
    public Task There_is_no_fix_where_no_shape_is_at_hand_or_types_differ(string members) =>
        FixTest<KeyOfShapeShouldBeItsPropertyAnalyzer, KeyOfShapeShouldBeItsPropertyFixer>.OffersNothing(
            $"public sealed class Uses {{ {members} }}" + Shape);
}
