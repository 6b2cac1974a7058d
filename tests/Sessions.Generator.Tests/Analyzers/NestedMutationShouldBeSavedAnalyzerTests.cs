using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class NestedMutationShouldBeSavedAnalyzerTests
{
    private const string Shapes = """

        public sealed class Line { public int Quantity { get; set; } public int Field; public List<string> Tags { get; } = []; public Line? Next { get; set; } }

        [SessionShape]
        public partial class CartSession
        {
            public partial List<Line> Lines { get; set; }
            public partial List<Line>? Saved { get; set; }
            public partial Dictionary<string, int> Counts { get; set; }
            public partial int[] Numbers { get; set; }
            public partial Line Line { get; set; }
            public partial string Name { get; set; }
            public partial int Visits { get; set; }
            public partial System.Collections.Immutable.ImmutableList<int> Frozen { get; set; }
        }
        """;

    [Theory]
    [InlineData("cart.Lines.[|Add|](new());")]
    [InlineData("cart.Lines?.[|Clear|]();")]
    [InlineData("cart.MutateLines(lines => lines.Add(new())); cart.Lines.[|Clear|]();")]
    [InlineData("cart.Saved!.[|Add|](new());")]
    [InlineData("cart.Lines[|[0]|] = new();")]
    [InlineData("cart.Lines[|[^1]|] = new();")]
    [InlineData("cart.Lines[0].[|Quantity|]++;")]
    [InlineData("cart.Lines[0].[|Field|] += 2;")]
    [InlineData("cart.Lines[0].Tags.[|Add|](\"x\");")]
    [InlineData("cart.Line.[|Quantity|] = 5;")]
    [InlineData("cart.Line.[|Next|] ??= new();")]
    [InlineData("cart.Line?.[|Quantity|] = 5;")]
    [InlineData("cart?.Lines?[0].Tags.[|Clear|]();")]
    [InlineData("switch (session[\"x\"]) { case List<int> x: x.[|Add|](1); break; }")]
    [InlineData("if (session[\"x\"] is List<int> { Count: > 1 } x) x.[|Add|](1);")]
    [InlineData("if (cart.Counts is { Count: 0 } counts) counts.[|Add|](\"a\", 1);")]
    [InlineData("void Local() => cart.Lines.[|Clear|](); Local();")]
    [InlineData("if (session.Get<Dictionary<string, Line>>(\"x\")!.TryGetValue(\"a\", out var found)) found.[|Quantity|] = 1;")]
    [InlineData("cart.Counts[|[\"a\"]|] = 1;")]
    [InlineData("cart.Counts[|[\"a\"]|]++;")]
    [InlineData("cart.Counts.[|Remove|](\"a\", out _);")]
    [InlineData("cart.Counts.[|TryAdd|](\"a\", 1);")]
    [InlineData("cart.Numbers[|[0]|] = 1;")]
    [InlineData("Array.[|Sort|](cart.Numbers);")]
    [InlineData("Interlocked.Increment(ref cart.Numbers[|[0]|]);")]
    [InlineData("(cart.Line.[|Quantity|], var y) = (1, 2);")]
    [InlineData("var lines = cart.Lines; lines.[|Add|](new());")]
    [InlineData("var lines = cart.Lines; var again = lines; again.[|Add|](new()); again.[|RemoveAt|](0);")]
    [InlineData("List<Line>? lines = null; if (flag) lines = cart.Lines; lines?.[|Clear|]();")]
    [InlineData("cart.Lines.First().[|Quantity|] = 1;")]
    [InlineData("foreach (var line in cart.Lines) line.[|Quantity|]++;")]
    [InlineData("foreach (var pair in session.Get<Dictionary<string, Line>>(\"x\")!) pair.Value.[|Quantity|]++;")]
    [InlineData("session.Get<(List<int> A, int B)>(\"x\").A.[|Add|](1);")]
    [InlineData("cart.Lines.ForEach(line => line.[|Quantity|]++);")]
    [InlineData("if (cart.TryGetLines(out var lines)) lines.[|Add|](new());")]
    [InlineData("cart.GetLines([]).[|Add|](new());")]
    [InlineData("cart.SetDefaultLines([]).[|Add|](new());")]
    [InlineData("cart.Session.Get(CartSession.Keys.Lines).[|Add|](new());")]
    [InlineData("session.Get<List<int>>(\"x\")!.[|Add|](1);")]
    [InlineData("var x = session.Get<List<int>>(\"x\") ?? []; x.[|Add|](1);")]
    [InlineData("session.Get(\"x\", new List<int>()).[|Add|](1);")]
    [InlineData("session.SetDefault(\"x\", new List<int>()).[|Add|](1);")]
    [InlineData("session.TryGet(\"x\", out List<int>? x); x!.[|Add|](1);")]
    [InlineData("((List<int>)session[\"x\"]!).[|Add|](1);")]
    [InlineData("(session[\"x\"] as List<int>)?.[|Add|](1);")]
    [InlineData("if (session[\"x\"] is List<int> x) x.[|Add|](1);")]
    [InlineData("IList<int> x = session.Get<List<int>>(\"x\")!; x.[|Add|](1);")]
    [InlineData("session.Get<Dictionary<string, List<int>>>(\"x\")![\"a\"].[|Add|](1);")]
    [InlineData("var x = flag ? session.Get<List<int>>(\"x\")! : []; x.[|Add|](1);")]
    [InlineData("List<int> x = []; if (flag) x = session.Get<List<int>>(\"x\")!; x.[|Add|](1);")]
    [InlineData("var x = cart.Lines; while (flag) { cart.Lines = x; x.[|Add|](new()); }")]
    public Task A_value_that_came_out_of_a_session_is_followed(string statements) => Verify(statements);

    [Theory]
    [InlineData("var x = new List<int>(); session.Set(\"x\", x); x.[|Add|](1);")]
    [InlineData("var x = new List<int>(); session[\"x\"] = x; x.[|Add|](1);")]
    [InlineData("var x = new List<Line>(); cart.Lines = x; if (flag) x.[|Add|](new());")]
    [InlineData("var x = new Line(); session.Set(\"x\", x); x.Tags.[|Add|](\"a\");")]
    [InlineData("session.Set(\"x\", given); given.[|Add|](1);")]
    public Task So_is_one_that_was_put_in_before(string statements) => Verify(statements);

    [Theory]
    [InlineData("cart.Lines[|[0]|] = new(); cart.Visits = 2;")]
    [InlineData("cart.Lines.[|Add|](new()); cart.Modified = false;")]
    [InlineData("cart.Lines.[|Add|](new()); cart.MutateSaved(static lines => lines!.Clear());")]
    [InlineData("session.Get<List<int>>(\"x\")!.[|Add|](1); session.Set(\"y\", 1);")]
    [InlineData("cart.Lines = []; cart.Lines.[|Add|](new());")]
    [InlineData("session.Get<List<int>>(\"x\")!.[|Add|](1); other.Modified = true;")]
    [InlineData("var a = manager.Create(); var b = manager.Create(); a.Get<List<int>>(\"x\")!.[|Add|](1); b.Modified = true;")]
    [InlineData("var c = new CartSession(session); c.Lines.[|Add|](new()); other.Modified = true;")]
    [InlineData("Action<CartSession> one = cart => cart.Lines.[|Add|](new()), two = cart => cart.Modified = true;")]
    public Task Another_key_another_session_and_an_earlier_write_do_not_count(string statements) =>
        Verify(statements);

    [Theory]
    [InlineData("cart.Lines.Add(new()); cart.Modified = true;")]
    [InlineData("cart.Modified = true; cart.Lines.Add(new());")]
    [InlineData("cart.Lines.Add(new()); session.Modified = true;")]
    [InlineData("cart.Lines.Add(new()); cart.Session.Modified = true;")]
    [InlineData("var s = cart.Session; cart.Lines.Add(new()); s.Modified = true;")]
    [InlineData("cart.Lines.Add(new()); cart?.Modified = true;")]
    [InlineData("void Mark() => cart.Modified = true; cart.Lines.Add(new()); Mark();")]
    [InlineData("try { cart.Lines.Add(new()); } finally { cart.Modified = true; }")]
    [InlineData("cart.Lines.Add(new()); session.Update([new(\"Lines\", cart.Lines)]);")]
    [InlineData("new CartSession(session).Lines.Add(new()); session.Modified = true;")]
    [InlineData("var c = context.RequestServices.GetRequiredService<CartSession>(); c.Lines.Add(new()); cart.Modified = true;")]
    [InlineData("context.GetSession().Get<List<int>>(\"x\")!.Add(1); context.GetSession().Modified = true;")]
    [InlineData("session.Get<List<int>>(\"x\")!.Add(1); context.GetSession().Modified |= true;")]
    [InlineData("if (session.Get<HashSet<int>>(\"x\")!.Add(1)) session.Modified = true;")]
    [InlineData("var lines = cart.Lines; lines.Add(new()); cart.Lines = lines;")]
    [InlineData("var x = session.Get<List<int>>(\"x\") ?? []; x.Add(1); session.Set(\"x\", x);")]
    [InlineData("var x = session.Get<List<int>>(\"x\") ?? []; x.Add(1); session[\"x\"] = x;")]
    [InlineData("cart.Lines.Add(new()); session.Set(CartSession.Keys.Lines, []);")]
    [InlineData("cart.Lines.Add(new()); cart.MutateLines(static lines => lines.Clear());")]
    [InlineData("cart.MutateLines(static lines => lines.Add(new()));")]
    [InlineData("session.Mutate(CartSession.Keys.Lines, static lines => lines[0].Quantity++);")]
    [InlineData("cart.Lines.Add(new()); cart.RemoveLines();")]
    [InlineData("cart.Lines.Add(new()); session.Remove(\"Lines\");")]
    [InlineData("cart.Lines.Add(new()); session.Clear();")]
    [InlineData("session.Get<List<int>>(\"x\")!.Add(1); session.Flush();")]
    [InlineData("cart.PopLines().Add(new());")]
    [InlineData("var x = session.Pop<List<int>>(\"x\"); x.Add(1);")]
    [InlineData("var x = session.Pop(\"x\", new List<int>()); x.Add(1); session.Set(\"x\", x);")]
    [InlineData("var x = new List<int>(); x.Add(1); session.Set(\"x\", x);")]
    [InlineData("var x = new List<int>(); if (flag) session.Set(\"x\", x); else x.Add(1);")]
    [InlineData("var x = new List<int>(); if (flag) { session.Set(\"x\", x); return; } x.Add(1);")]
    [InlineData("var x = new List<int>(); session.Set(\"x\", x); x = []; x.Add(1);")]
    [InlineData("var x = new List<int>(); session.Set(\"x\", x); x.Add(1); session.Set(\"x\", x);")]
    [InlineData("var x = new List<int>(); foreach (var i in given) { x.Add(i); session.Set(\"x\", x); }")]
    [InlineData("var x = new List<int>(session.Get<List<int>>(\"x\")!); x.Add(1);")]
    [InlineData("var x = session.Get<List<int>>(\"x\")!.ToList(); x.Add(1);")]
    [InlineData("_ = cart.Lines.Contains(new()) && cart.Lines.Count > 1 && cart.Lines[0].Quantity > 1;")]
    [InlineData("_ = cart.Frozen.Add(1);")]
    [InlineData("cart.Lines.Capacity = 10;")]
    [InlineData("cart.Visits++; cart.Name += \"x\"; cart.Saved ??= [];")]
    [InlineData("var p = session.Get<System.Drawing.Point>(\"p\"); p.X = 1;")]
    [InlineData("var p = new System.Drawing.Point(); session.Set(\"p\", p); p.X = 1;")]
    [InlineData("foreach (var p in session.Get<List<System.Drawing.Point>>(\"p\")!) { var q = p; q.X = 1; }")]
    [InlineData("var l = session.Get<List<int>>(\"x\")!.Count; l++;")]
    [InlineData("_ = cart.Lines.Select(static line => new Line { Quantity = line.Quantity });")]
    [InlineData("given.Add(1); context.Items[\"x\"] = 1;")]
    [InlineData("(cart.Lines, var y) = (cart.Lines, cart.Lines[0].Quantity);")]
    public Task What_is_saved_or_nobodys_is_left_alone(string statements) => Verify(statements);

    [Fact]
    public Task A_shape_s_own_methods_are_looked_at() => AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.VerifyValid("""
        [SessionShape]
        public partial class CartSession
        {
            public partial List<int> Lines { get; set; }
            public void Lost() => Lines.[|Add|](1);
            public void Kept() { Lines.Add(1); Modified = true; }
            public void KeptToo() { this.Lines.Add(1); Session.Modified = true; }
        }
        """);

    [Fact]
    public Task Handlers_of_one_program_do_not_save_for_each_other() => AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.VerifyValid("""
        var app = WebApplication.Create();
        app.MapGet("/a", (CartSession cart) => { cart.Lines.Add(1); cart.Modified = true; });
        app.MapGet("/b", (CartSession cart) => { cart.Lines.[|Add|](1); });
        app.MapGet("/c", (HttpContext context) => context.GetSession().Get<List<int>>("x")!.[|Remove|](1));

        [SessionShape]
        public partial class CartSession
        {
            public partial List<int> Lines { get; set; }
        }
        """);

    [Fact]
    public async Task A_pragma_silences_it() => Assert.Empty(await AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.Run(Member("""
        #pragma warning disable SES0301
                cart.Lines.Add(new());
        #pragma warning restore SES0301
        """) + Shapes));

    [Fact]
    public Task Generated_code_is_skipped() => AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.VerifyValid("""
        [System.CodeDom.Compiler.GeneratedCode("Tool", "1.0")]
        public static class Uses
        {
            public static void Run(Session session) => session.Get<List<int>>("x")!.Add(1);
        }
        """);

    private static Task Verify(string statements) => AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.VerifyValid(Member(statements) + Shapes);

    private static string Member(string statements) => $$"""
        #pragma warning disable CS8321
        public static class Uses
        {
            public static void Run(
                Session session, Session other, CartSession cart, SessionManager manager, HttpContext context, List<int> given, bool flag)
            {
                {{statements}}
            }
        }
        """;
}
