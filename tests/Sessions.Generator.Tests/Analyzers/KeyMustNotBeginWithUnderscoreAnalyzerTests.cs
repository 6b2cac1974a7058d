using Microsoft.CodeAnalysis;
using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class KeyMustNotBeginWithUnderscoreAnalyzerTests
{
    [Fact]
    public async Task A_key_of_a_shape_is_an_error()
    {
        var found = await AnalyzerTest<KeyMustNotBeginWithUnderscoreAnalyzer>.Verify("""
            [SessionShape]
            public partial class One
            {
                public partial int [|_visits|] { get; set; }
                [SessionKey([|"_color"|], Default = "blue")] public partial string Color { get; set; }
                public partial int Fine_ { get; set; }
            }

            [SessionShape(Prefix = [|"_cart."|])]
            public partial class Two
            {
                public partial int One { get; set; }
                public partial int Other { get; set; }
            }

            [SessionShape(Prefix = "cart.")]
            public partial class Three
            {
                public partial int _fine { get; set; }
            }
            """);
        Assert.All(found, static diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
    }

    [Fact]
    public async Task A_key_elsewhere_is_a_warning()
    {
        var found = await AnalyzerTest<KeyMustNotBeginWithUnderscoreAnalyzer>.VerifyValid("""
            internal static class Uses
            {
                private const string Name = "_name";
                private static readonly SessionKey<int> Visits = new([|"_visits"|], 1);

                public static void Run(Session session, string key)
                {
                    session[[|"_a"|]] = session[[|"_b"|]];
                    session.Set([|"_c"|], session.Get<int>([|"_d"|]));
                    _ = session.Get([|Name|], 5);
                    _ = session.Pop<int>([|"_e"|]);
                    _ = session.Remove([|"_" + "f"|]);
                    _ = session.ContainsKey([|"_g"|]);
                    _ = session.SetDefault([|"_h"|], 1);
                    _ = session.TryGet([|"_i"|], out int _);
                    _ = session.Get(Visits);
                    _ = session.Get<int>(key);
                    _ = session.Get<int>([|$"_{key}"|]) + session.Get<int>([|Name + key|]) + session.Get<int>([|$"{Name}.{key}"|]) + session.Get<int>(key + "_");
                    session.Update(new Dictionary<string, object?> { [[|"_j"|]] = new Dictionary<string, object?> { ["_fine"] = 1 } });
                    session.Update(new Dictionary<string, object?> { { [|"_k"|], "_value" } });
                    session.Update([new([|"_l"|], 1), KeyValuePair.Create([|"_m"|], (object?)1), .. session.Items]);
                    _ = session.Get("fine", "_value");
                    session["fine_"] = "_value";
                }
            }
            """);
        Assert.All(found, static diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity));
    }

    [Fact]
    public Task The_fix_drops_the_underscores() => FixTest<KeyMustNotBeginWithUnderscoreAnalyzer, KeyMustNotBeginWithUnderscoreFixer>.Verify(
        """
        [SessionShape]
        public partial class One
        {
            // how often
            public partial int _visits { get; set; }
            [SessionKey(Default = "blue")] public partial string _color { get; set; }
            [SessionKey("__name")] public partial string Name { get; set; }
        }

        [SessionShape(Prefix = "_")]
        public partial class Two
        {
            public partial int Other { get; set; }
            public void Run(string id) => Session.Set("_n" + id, Session.Get<int>("_" + id) + Session.Get<int>($"__{id}") + Session.Get<int>($"_n{{{id}}}"));
        }
        """,
        """
        [SessionShape]
        public partial class One
        {
            // how often
            [SessionKey("visits")] public partial int _visits { get; set; }
            [SessionKey("color", Default = "blue")] public partial string _color { get; set; }
            [SessionKey("name")] public partial string Name { get; set; }
        }

        [SessionShape(Prefix = "")]
        public partial class Two
        {
            public partial int Other { get; set; }
            public void Run(string id) => Session.Set("n" + id, Session.Get<int>("" + id) + Session.Get<int>($"{id}") + Session.Get<int>($"n{{{id}}}"));
        }
        """);

    [Fact]
    public Task The_fix_works_on_all_places_at_once() => FixTest<KeyMustNotBeginWithUnderscoreAnalyzer, KeyMustNotBeginWithUnderscoreFixer>.VerifyAll(
        """
        internal static class Uses
        {
            public static void Run(Session session) => session.Set("_n", session.Get<int>("_m"));
        }
        """,
        """
        internal static class Uses
        {
            public static void Run(Session session) => session.Set("n", session.Get<int>("m"));
        }
        """);

    [Theory]
    [InlineData("session.Set(\"_\", 1)")]
    [InlineData("session.Set(Name, 1)")]
    public Task The_fix_is_not_offered_where_no_name_is_left_or_it_stands_elsewhere(string call) =>
        FixTest<KeyMustNotBeginWithUnderscoreAnalyzer, KeyMustNotBeginWithUnderscoreFixer>.OffersNothing(
            $$"""internal static class Uses { private const string Name = "_n"; public static void Run(Session session) => {{call}}; }""");
}
