using Sessions.CodeFixes;
using Fixes = Sessions.Generator.Tests.Infrastructure.FixTest<
    Sessions.Generator.Analyzers.NestedMutationShouldBeSavedAnalyzer, Sessions.CodeFixes.NestedMutationShouldBeSavedFixer>;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class NestedMutationShouldBeSavedFixerTests
{
    private const string Mark = NestedMutationShouldBeSavedFixer.Mark;
    private const string AssignBack = NestedMutationShouldBeSavedFixer.AssignBack;
    private const string Mutate = NestedMutationShouldBeSavedFixer.Mutate;

    private const string Shape = """

        [SessionShape]
        public partial class CartSession
        {
            public partial List<int> Lines { get; set; }
            public partial List<int>? Saved { get; set; }
            public partial Dictionary<string, int[]> Counts { get; set; }
        }
        """;

    [Fact]
    public Task The_fix_marks_the_session() => Fixes.Verify(
        """
        public sealed class Uses(CartSession cart)
        {
            public bool Shape()
            {
                cart.Lines.Add(1); // one more
                return true;
            }

            public bool Result()
            {
                return cart.Lines.Remove(1);
            }

            public void Embedded(Session session, bool flag)
            {
                if (flag)
                    session.Get<List<int>>("x")!.Add(1);
            }

            public void Request(HttpContext context)
            {
                var list = context.GetSession().Get<List<int>>("x") ?? [];
                list[0]++;
            }

            public void Stored(Session session, List<int> list)
            {
                session.Set("x", list);
                list.Clear();
            }
        }

        [SessionShape]
        public partial class CartSession
        {
            public partial List<int> Lines { get; set; }
            public void Clear()
            {
                Lines.Clear();
            }
        }
        """,
        """
        public sealed class Uses(CartSession cart)
        {
            public bool Shape()
            {
                cart.Lines.Add(1); // one more
                cart.Modified = true;
                return true;
            }

            public bool Result()
            {
                cart.Modified = true;
                return cart.Lines.Remove(1);
            }

            public void Embedded(Session session, bool flag)
            {
                if (flag)
                {
                    session.Get<List<int>>("x")!.Add(1);
                    session.Modified = true;
                }
            }

            public void Request(HttpContext context)
            {
                var list = context.GetSession().Get<List<int>>("x") ?? [];
                list[0]++;
                context.GetSession().Modified = true;
            }

            public void Stored(Session session, List<int> list)
            {
                session.Set("x", list);
                list.Clear();
                session.Modified = true;
            }
        }

        [SessionShape]
        public partial class CartSession
        {
            public partial List<int> Lines { get; set; }
            public void Clear()
            {
                Lines.Clear();
                Modified = true;
            }
        }
        """,
        Mark);

    [Fact]
    public Task Fixing_all_marks_a_block_once() => Fixes.VerifyAll(
        """
        public sealed class Uses
        {
            public void Run(Session session)
            {
                session.Get<List<int>>("x")!.Add(1);
                session.Get<List<int>>("x")!.Add(2);
                Console.WriteLine();
            }

            public void Other(Session session)
            {
                session.Get<List<int>>("x")!.Add(1);
            }
        }
        """,
        """
        public sealed class Uses
        {
            public void Run(Session session)
            {
                session.Get<List<int>>("x")!.Add(1);
                session.Get<List<int>>("x")!.Add(2);
                session.Modified = true;
                Console.WriteLine();
            }

            public void Other(Session session)
            {
                session.Get<List<int>>("x")!.Add(1);
                session.Modified = true;
            }
        }
        """,
        Mark);

    [Fact]
    public Task A_body_that_is_one_expression_becomes_a_block() => Verify(
        Mark,
        """
        public sealed class Uses(CartSession cart)
        {
            public void Method() => cart.Lines.Add(1);

            public bool Value() => cart.Lines.Remove(1);

            public async Task Async() => (await Task.FromResult(cart.Lines)).Add(1);

            public int Property => cart.Lines[0]++;

            public int First
            {
                get => cart.Lines[0];
                set => cart.Lines[0] = value;
            }

            public void Lambdas()
            {
        #pragma warning disable CS8321
                Action action = () => cart.Lines.Add(1);
                Func<bool> value = () => cart.Lines.Remove(1);
                Action<CartSession> own = cart => cart.Lines.Clear();
                void Local() => cart.Lines.Clear();
                _ = (action, value, own);
            }
        }
        """,
        """
        public sealed class Uses(CartSession cart)
        {
            public void Method()
            {
                cart.Lines.Add(1);
                cart.Modified = true;
            }

            public bool Value()
            {
                cart.Modified = true;
                return cart.Lines.Remove(1);
            }

            public async Task Async()
            {
                (await Task.FromResult(cart.Lines)).Add(1);
                cart.Modified = true;
            }

            public int Property
            {
                get
                {
                    cart.Modified = true;
                    return cart.Lines[0]++;
                }
            }

            public int First
            {
                get => cart.Lines[0];
                set
                {
                    cart.Lines[0] = value;
                    cart.Modified = true;
                }
            }

            public void Lambdas()
            {
        #pragma warning disable CS8321
                Action action = () =>
                {
                    cart.Lines.Add(1);
                    cart.Modified = true;
                };
                Func<bool> value = () =>
                {
                    cart.Modified = true;
                    return cart.Lines.Remove(1);
                };
                Action<CartSession> own = cart =>
                {
                    cart.Lines.Clear();
                    cart.Modified = true;
                };
                void Local()
                {
                    cart.Lines.Clear();
                    cart.Modified = true;
                }
                _ = (action, value, own);
            }
        }
        """);

    [Fact]
    public Task A_program_s_handlers_are_fixed() => Verify(
        Mark,
        """
        var app = WebApplication.Create();
        app.MapGet("/a", (CartSession cart) => cart.Lines.Add(1));
        app.MapGet("/b", (HttpContext context) => context.GetSession().Get<List<int>>("x")!.Remove(1));
        app.Run();
        """,
        """
        var app = WebApplication.Create();
        app.MapGet("/a", (CartSession cart) =>
        {
            cart.Lines.Add(1);
            cart.Modified = true;
        });
        app.MapGet("/b", (HttpContext context) =>
        {
            context.GetSession().Modified = true;
            return context.GetSession().Get<List<int>>("x")!.Remove(1);
        });
        app.Run();
        """);

    [Fact]
    public Task The_value_is_assigned_back() => Verify(
        AssignBack,
        """
        public sealed class Uses(CartSession cart)
        {
            private const string Key = "x";

            public void Shape()
            {
                var lines = cart.Lines;
                lines.Add(1);
            }

            public void Read(Session session)
            {
                var x = session.Get<List<int>>(Key) ?? [];
                x.Add(1);
            }

            public void Indexer(Session session)
            {
                if (session["x"] is List<int> x)
                    x[0]++;
            }

            public void Tried()
            {
                if (cart.TryGetLines(out var lines))
                    lines.Add(1);
            }

            public void Stored(Session session, List<int> list)
            {
                session.Set("x", list);
                list.Clear();
            }

            public void Known(Session session)
            {
                var lines = session.Get(CartSession.Keys.Lines);
                lines.Clear();
            }
        }
        """,
        """
        public sealed class Uses(CartSession cart)
        {
            private const string Key = "x";

            public void Shape()
            {
                var lines = cart.Lines;
                lines.Add(1);
                cart.Lines = lines;
            }

            public void Read(Session session)
            {
                var x = session.Get<List<int>>(Key) ?? [];
                x.Add(1);
                session.Set(Key, x);
            }

            public void Indexer(Session session)
            {
                if (session["x"] is List<int> x)
                {
                    x[0]++;
                    session["x"] = x;
                }
            }

            public void Tried()
            {
                if (cart.TryGetLines(out var lines))
                {
                    lines.Add(1);
                    cart.Lines = lines;
                }
            }

            public void Stored(Session session, List<int> list)
            {
                session.Set("x", list);
                list.Clear();
                session.Set("x", list);
            }

            public void Known(Session session)
            {
                var lines = session.Get(CartSession.Keys.Lines);
                lines.Clear();
                session.Set(CartSession.Keys.Lines, lines);
            }
        }
        """);

    [Fact]
    public Task It_is_changed_through_a_Mutate_method() => Verify(
        Mutate,
        """
        public sealed class Uses(CartSession cart)
        {
            public void Add(int line)
            {
                cart.Lines.Add(line); // one more
                cart.Lines[0]++;
                cart.Counts["a"][0] = cart.Counts.Count;
                cart.Saved!.Clear();
            }

            public void Clear() => cart.Lines.Clear();

            public void Taken(List<int> lines) => cart.Lines.AddRange(lines);
        }
        """,
        """
        public sealed class Uses(CartSession cart)
        {
            public void Add(int line)
            {
                cart.MutateLines(lines => lines.Add(line)); // one more
                cart.MutateLines(lines => lines[0]++);
                cart.MutateCounts(counts => counts["a"][0] = cart.Counts.Count);
                cart.MutateSaved(saved => saved!.Clear());
            }

            public void Clear() => cart.MutateLines(lines => lines.Clear());

            public void Taken(List<int> lines) => cart.MutateLines(value => value.AddRange(lines));
        }
        """);

    [Fact]
    public Task Fixing_all_assigns_once_and_rewrites_each() => Task.WhenAll(
        Fixes.VerifyAll(
            Uses("var lines = cart.Lines;\nlines.Add(1);\nlines.Add(2);") + Shape,
            Uses("var lines = cart.Lines;\nlines.Add(1);\nlines.Add(2);\ncart.Lines = lines;") + Shape,
            AssignBack),
        Fixes.VerifyAll(
            Uses("cart.Lines.Add(1);\ncart.Lines.Add(2);") + Shape,
            Uses("cart.MutateLines(lines => lines.Add(1));\ncart.MutateLines(lines => lines.Add(2));") + Shape,
            Mutate));

    [Fact]
    public Task Fixing_all_marks_twice_where_the_block_may_be_left_between() => Fixes.VerifyAll(
        Uses("cart.Lines.Add(1);\nif (flag)\n    return;\ncart.Lines.Add(2);") + Shape,
        Uses("cart.Lines.Add(1);\ncart.Modified = true;\nif (flag)\n    return;\ncart.Lines.Add(2);\ncart.Modified = true;") + Shape,
        Mark);

    [Theory]
    [InlineData("Find().Get<List<int>>(\"x\")!.Add(1); Session Find() => session;")]
    public Task A_mark_is_not_offered_where_no_statement_fits(string statements) => Fixes.OffersNothing(Uses(statements) + Shape, Mark);

    [Theory]
    [InlineData("cart.Lines.Add(1);")] // no variable has it
    [InlineData("foreach (var counts in cart.Counts.Values) counts[0] = 1;")] // a part of it
    [InlineData("var lines = cart.Lines; if (lines.Remove(1)) Console.WriteLine();")] // no place after it
    [InlineData("IList<int> lines = cart.Lines; lines.Add(1);")] // another type
    public Task Assigning_back_is_not_offered_where_it_cannot(string statements) => Fixes.OffersNothing(Uses(statements) + Shape, AssignBack);

    [Theory]
    [InlineData("session.Get<List<int>>(\"x\")!.Add(1);")] // no shape's
    [InlineData("cart.Saved?.Add(1);")]
    [InlineData("if (cart.Lines.Remove(1)) return;")]
    [InlineData("var lines = cart.Lines; lines.Add(1);")]
    [InlineData("cart.Counts.Remove(\"a\", out var counts); _ = counts;")]
    public Task Mutate_is_not_offered_where_it_cannot(string statements) => Fixes.OffersNothing(Uses(statements) + Shape, Mutate);

    private static Task Verify(string title, string source, string expected) => Fixes.Verify(source + Shape, expected + Shape, title);

    private static string Uses(string statements) => $$"""
        public static class Uses
        {
            public static void Run(Session session, CartSession cart, bool flag)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;
}
