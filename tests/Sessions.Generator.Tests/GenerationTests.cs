using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

public sealed class GenerationTests
{
    [Fact]
    public void Every_kind_of_key_compiles_without_a_warning() => GeneratorRun.Valid("""
        using System.Collections.Frozen;
        using System.Collections.Immutable;

        namespace Shop.Web;

        /// <summary>What a visitor is about to buy.</summary>
        [SessionShape(Prefix = "cart.")]
        public partial class CartSession
        {
            /// <summary>How often the visitor came.</summary>
            public partial int Visits { get; set; }
            public partial string? Coupon { get; set; }
            public partial int? Age { get; set; }
            public partial string CustomerName { get; set; }
            public partial List<string> Lines { get; set; }
            public partial Dictionary<string, List<(int Id, string? Name)>> Nested { get; set; }
            public partial (int A, string B) Pair { get; set; }
            public partial int[][,] Matrix { get; set; }
            public partial string?[]? Names { get; set; }
            public partial ImmutableArray<int> Immutable { get; set; }
            public partial ImmutableList<int> ImmutableList { get; set; }
            public partial FrozenSet<string> Frozen { get; set; }
            public partial Visitor Visitor { get; set; }
            public partial object Anything { get; set; }
            public partial DayOfWeek Day { get; set; }
            public partial DateTimeOffset? Since { get; set; }
            public partial int @event { get; set; }
            public partial string @class { get; set; }
            public partial int field { get; set; }
            public partial int value { get; set; }
            public partial int Größe { get; set; }
            public partial string Type { get; set; }
            public partial int HashCode { get; set; }
            public new partial string ToString { get; set; }
            internal partial Hidden Internal { get; set; }
            private partial Secret Private { get; set; }
            protected partial Secret2? Protected { get; set; }
            protected internal partial int ProtectedInternal { get; set; }
            private protected partial int PrivateProtected { get; set; }
            partial List<Secret> Implicit { get; set; }
            public partial List<int> Narrow { get; private set; }
            public partial List<int> Narrower { private get; set; }
            [Obsolete("old")] public partial int Old { get; set; }
            [Obsolete("old")] public partial OldType Older { get; set; }
            public virtual partial int Virtual { get; set; }
            private sealed record Secret(int Id);
            protected sealed record Secret2(int Id);
            public int Computed => Visits * 2;
        }

        public sealed record Visitor(string Name);
        internal sealed record Hidden(string Name);
        [Obsolete("old")] public sealed class OldType;
        """);

    [Theory]
    [InlineData("[SessionShape] public partial class Shape { public partial int Key { get; set; } }")]
    [InlineData("namespace A.@event.record { [SessionShape] public partial class @class { public partial int @int { get; set; } } }")]
    [InlineData("[SessionShape] public partial record Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public sealed partial class Shape { private partial List<int> Key { get; set; } }")]
    [InlineData("public partial class A { protected partial class B { [SessionShape] private partial class Shape { public partial int Key { get; set; } } } }")]
    [InlineData("public partial struct A { public partial interface B { public partial record struct C { public partial record D { [SessionShape] public partial class Shape { public partial int Key { get; set; } } } } } }")]
    [InlineData("[SessionShape] internal partial class Shape { internal partial Hidden Key { get; set; } } internal sealed record Hidden;")]
    [InlineData("[SessionShape] public partial class Session1 { public partial int Sessions { get; set; } public partial int System { get; set; } public partial int Microsoft { get; set; } }")]
    [InlineData("namespace Shop.Sessions.System { [SessionShape] public partial class Shape { public partial global::System.DateTime Key { get; set; } } }")]
    [InlineData("public partial class Base(Session session) { protected Session Held => session; } [SessionShape] public partial class Shape : Base { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class A { public partial int X { get; set; } } [SessionShape] public partial class B : A { public new partial string X { get; set; } }")]
    [InlineData("[SessionShape] public partial class A; [SessionShape] public partial class a;")]
    [InlineData("namespace Größe { [SessionShape] public partial class क्षेत्र { public partial int क्षेत्र1 { get; set; } } }")]
    [InlineData("[SessionShape(Prefix = \"a\\\"\\\\\\n.\")] public partial class Shape { [SessionKey(\"x\\u2028*/\\\"\")] public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial int HasX { get; set; } public partial Dictionary<string, int[]?>? PopX { get; set; } }")]
    [InlineData("public class Outer { public class Keys { } } [SessionShape] public partial class Shape : Outer2 { public partial Outer.Keys Key { get; set; } } public class Outer2 { }")]
    [InlineData("#nullable disable\n[SessionShape] public partial class Shape { public partial string Name { get; set; } public partial List<string> Names { get; set; } public partial string[] More { get; set; } }")]
    [InlineData("[SessionShape] public partial class A { public partial dynamic Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class A { public partial (int, (string? B, dynamic)[])? Key { get; set; } public partial nint Native { get; set; } }")]
    [InlineData("/// <summary>\n/// A <b>shape</b> &amp; more.\n/// </summary>\n[SessionShape] public partial class A {\n/// <summary>x &lt; <see cref=\"A\"/></summary>\npublic partial int Key { get; set; } }")]
    public void Every_place_and_name_compiles_without_a_warning(string source)
    {
        var run = GeneratorRun.Valid(source);
        Assert.NotEmpty(run.ShapeFiles);
        Assert.All(run.ShapeFiles, static file => Assert.DoesNotContain('\r', file));
    }

    [Theory]
    [InlineData("public class Shape { }")]
    [InlineData("")]
    public void Without_a_shape_there_is_no_registration(string source) => Assert.Null(GeneratorRun.Valid(source).Registration);

    [Fact]
    public void A_shape_that_others_cannot_name_is_not_registered()
    {
        var registration = GeneratorRun.Valid("""
            public partial class Outer
            {
                [SessionShape] private partial class One { }
                [SessionShape] protected partial class Two { }
                [SessionShape] protected internal partial class Three { }
                private partial class Inner { [SessionShape] public partial class Four { } }
            }
            """).Registration;
        Assert.Equal(1, registration!.Split("AddShape<").Length - 1);
        Assert.Contains("builder.AddShape<global::Outer.Three>();", registration, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_assemblies_that_see_each_other_s_internals_both_register_their_own()
    {
        var library = GeneratorRun.Over(TestCompilation.Create(
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Web\")] [SessionShape] public partial class One { }", assemblyName: "Library"));
        library.CompilesWithoutWarning();
        var web = TestCompilation.Create(
            "public static class Start { public static void Run(SessionsBuilder builder) => builder.AddSessionShapes(); } [SessionShape] public partial class Two { }",
            assemblyName: "Web").AddReferences(library.Output.ToMetadataReference());
        GeneratorRun.Over(web).CompilesWithoutWarning();
    }

    [Theory]
    [InlineData("[SessionShape] public class Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] [SessionShape] public partial class Shape { }")]
    [InlineData("[SessionShape] public partial class Shape { } [SessionShape] public partial class Shape { }")]
    [InlineData("[SessionShape(Prefix = 5)] public partial class Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial Missing Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial List<> Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial int { get; set; } }")]
    [InlineData("[SessionShape] public partial class { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial int Key { get; set; } public partial string Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial Span<int> Key { get; set; } public partial void Other { get; set; } }")]
    [InlineData("[SessionShape] public unsafe partial class Shape { public partial int* Key { get; set; } public partial delegate*<void> Other { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { [SessionKey(null!)] public partial int A { get; set; } [SessionKey(5)] public partial int B { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { [SessionKey(Default = new[] { 1 })] public partial int[] A { get; set; } [SessionKey(Default = typeof(int))] public partial Type B { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { [SessionKey(FormerNames = null!)] public partial int A { get; set; } [SessionKey(FormerNames = [null!])] public partial int B { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape : Missing { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape : Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial struct Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial int this[int i] { get; set; } public partial ref int Ref { get; } }")]
    [InlineData("interface I { int X { get; set; } } [SessionShape] public partial class Shape : I { partial int I.X { get; set; } }")]
    public void What_is_not_valid_never_breaks_the_generator(string source) =>
        Assert.Null(GeneratorRun.Over(TestCompilation.Create(source)).Result.Exception);

    [Fact]
    public void A_property_that_is_no_key_does_not_take_the_others_with_it()
    {
        var file = GeneratorRun.Over(TestCompilation.Create("""
            [SessionShape]
            public partial class Shape
            {
                public partial int Good { get; set; }
                public partial int Bad { get; }
                public int Worse { get; set; }
            }
            """)).ShapeFiles.Single();
        Assert.Contains("partial int Good", file, StringComparison.Ordinal);
        Assert.Contains("HasGood", file, StringComparison.Ordinal);
        Assert.DoesNotContain("HasBad", file, StringComparison.Ordinal);
        Assert.DoesNotContain("Worse", file, StringComparison.Ordinal);
    }

    // dotnet build shows no analyzer's errors beside the compiler's own about declarations
    [Theory]
    [InlineData("[SessionShape] public abstract partial class Shape { public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public static partial class Shape { public static partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Shape<T> { public partial T Key { get; set; } }")]
    [InlineData("public partial struct Outer<T> { [SessionShape] public partial class Shape { public partial int Key { get; set; } } }")]
    [InlineData("[SessionShape] public partial class Shape(string name) { public string Name => name; public partial int Key { get; set; } }")]
    [InlineData("[SessionShape] public partial class Keys { public partial int Key { get; private set; } }")]
    [InlineData("[SessionShape] public partial class Shape { public static partial int Key { get; set; } partial string Other { get; } }")]
    [InlineData("[SessionShape] public partial class Shape { public partial int Key { get; init; } public partial string Other { set; } }")]
    public void What_cannot_be_a_key_is_implemented_so_that_the_rules_are_heard(string source)
    {
        var run = GeneratorRun.Valid(source);
        Assert.Contains("NotSupportedException", string.Concat(run.Result.GeneratedSources.Select(static file => file.SourceText)), StringComparison.Ordinal);
        Assert.DoesNotContain("HasKey", string.Concat(run.ShapeFiles), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_as_visible_as_their_property()
    {
        var type = GeneratorRun.Valid("""
            [SessionShape]
            public partial class Shape
            {
                public partial List<int> Wide { get; set; }
                public partial List<int> Narrow { get; private set; }
                internal partial List<int> Inside { get; set; }
                private partial List<int> Secret { get; set; }
            }
            """).Load().GetType("Shape")!;
        HashSet<string> Names(Type of) => [.. of.GetMembers().Where(member => member.DeclaringType == of).Select(member => member.Name)];

        Assert.Superset(new HashSet<string> { "HasWide", "TryGetWide", "GetWide", "PopWide", "SetDefaultWide", "RemoveWide", "MutateWide" }, Names(type));
        Assert.Superset(new HashSet<string> { "HasNarrow", "TryGetNarrow", "GetNarrow" }, Names(type));
        Assert.DoesNotContain(Names(type), name => name is "PopNarrow" or "SetDefaultNarrow" or "RemoveNarrow" or "MutateNarrow");
        Assert.DoesNotContain(Names(type), name => name.Contains("Inside", StringComparison.Ordinal) || name.Contains("Secret", StringComparison.Ordinal));
        Assert.Equal(["Wide", "Narrow"], Names(type.GetNestedType("Keys")!).AsEnumerable());
    }

    [Theory]
    [InlineData("List<int>", true)]
    [InlineData("int[]", true)]
    [InlineData("IReadOnlyList<int>", true)]
    [InlineData("Version", true)]
    [InlineData("object", true)]
    [InlineData("string", false)]
    [InlineData("int", false)]
    [InlineData("int?", false)]
    [InlineData("DateTime", false)]
    [InlineData("(int, List<int>)", false)]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", false)]
    [InlineData("System.Collections.Immutable.ImmutableList<int>", false)]
    [InlineData("System.Collections.Immutable.IImmutableSet<int>", false)]
    [InlineData("System.Collections.Frozen.FrozenDictionary<string, int>", false)]
    public void Only_what_can_be_changed_in_place_gets_a_Mutate_method(string type, bool expected)
    {
        var file = GeneratorRun.Valid($$"""[SessionShape] public partial class Shape { public partial {{type}} Key { get; set; } }""").ShapeFiles.Single();
        Assert.Equal(expected, file.Contains("MutateKey", StringComparison.Ordinal));
    }

    [Fact]
    public void An_edit_of_a_shape_runs_only_its_own_step_again()
    {
        var input = TestCompilation.Create("[SessionShape] public partial class One { }").AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(
                "[Sessions.SessionShape] public partial class Two { }", TestCompilation.ParseOptions(), "Two.cs", cancellationToken: TestContext.Current.CancellationToken));
        var run = GeneratorRun.Over(input);
        var edited = input.ReplaceSyntaxTree(
            input.TestTree(), TestCompilation.Parse("[SessionShape] public partial class One { public partial int Key { get; set; } }", TestCompilation.ParseOptions()));
        var second = run.Driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        var reasons = GeneratorRun.OutputsOf(second, SessionShapeGenerator.ShapesStep).Select(static output => output.Reason);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], reasons);
        Assert.Equal(IncrementalStepRunReason.Cached, GeneratorRun.OutputsOf(second, SessionShapeGenerator.RegistrationsStep).Single().Reason);
    }

    [Theory]
    [InlineData("public new partial int Key { get; set; }", "public class Base { public string Key => \"\"; }")]
    [InlineData("public override partial int Key { get; set; }", "public class Base { public virtual int Key { get; set; } }")]
    [InlineData("public sealed override partial int Key { get; set; }", "public abstract class Base { public abstract int Key { get; set; } }")]
    [InlineData("protected override partial int Key { get; set; }", "public abstract class Base { protected abstract int Key { get; set; } }")]
    [InlineData("public override partial int Key { get; protected set; }", "public abstract class Base { public abstract int Key { get; protected set; } }")]
    [InlineData("public new virtual partial int Key { get; set; }", "public class Base { public int Key; }")]
    [InlineData("public virtual partial int Key { get; set; }", "public class Base;")]
    [InlineData("protected internal partial int Key { internal get; set; }", "public class Base;")]
    [InlineData("public partial int Key { protected internal get; set; }", "public class Base;")]
    [InlineData("public partial int Key { get; private protected set; }", "public class Base;")]
    [InlineData("internal partial int Key { get; private set; }", "public class Base;")]
    [InlineData("public partial int Key { private get; set; }", "public class Base;")]
    [InlineData("public unsafe partial int Key { get; set; }", "public class Base;")]
    [InlineData("public partial int \\u004bey { get; set; }", "public class Base;")]
    public void Modifiers_of_every_kind_compile_without_a_warning(string property, string other)
    {
        var file = GeneratorRun.Over(TestCompilation.CreateUnsafe($"[SessionShape] public partial class Shape : Base {{ {property} }} {other}"));
        file.CompilesWithoutWarning();
        Assert.Contains("HasKey", file.ShapeFiles.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_may_have_many_parts_in_many_files()
    {
        string[] parts =
        [
            "namespace Shop; partial class Outer { public partial class Shape { public partial int One { get; set; } } }",
            "namespace Shop { partial class Outer { partial class Shape { public partial string? Two { get; set; } private static List<int> Make() => []; } } }",
            "namespace Shop; using Sessions; public partial class Outer { sealed partial class Shape { [SessionKey(DefaultFactory = nameof(Make))] public partial List<int> Three { get; set; } } }",
        ];
        var input = TestCompilation.Create("namespace Shop; public partial class Outer { [SessionShape(Prefix = \"a.\")] public partial class Shape; }").AddSyntaxTrees(
            [.. parts.Select((part, i) => CSharpSyntaxTree.ParseText(part, TestCompilation.ParseOptions(), $"Part{i}.cs", cancellationToken: TestContext.Current.CancellationToken))]);
        var run = GeneratorRun.Over(input);
        run.CompilesWithoutWarning();
        Assert.All((string[])["HasOne", "HasTwo", "HasThree"], name => Assert.Contains(name, run.ShapeFiles.Single(), StringComparison.Ordinal));

        // an edit of one part is an edit of the shape, wherever its attribute stands
        var part = input.SyntaxTrees.Single(static tree => tree.FilePath == "Part1.cs");
        var edited = input.ReplaceSyntaxTree(part, part.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(parts[1].Replace("Two", "Second", StringComparison.Ordinal))));
        var second = run.Driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.Equal(IncrementalStepRunReason.Modified, GeneratorRun.OutputsOf(second, SessionShapeGenerator.ShapesStep).Single().Reason);
        Assert.Contains(second.GeneratedSources, static source => source.SourceText.ToString().Contains("HasSecond", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[SessionShape] file partial class Shape { public partial int Key { get; set; } }")]
    [InlineData("file partial class Outer { [SessionShape] public partial class Shape { public partial int Key { get; set; } } }")]
    public void What_is_local_to_a_file_is_left_to_the_rule(string source) =>
        Assert.Empty(GeneratorRun.Over(TestCompilation.Create(source)).ShapeFiles);

    [Fact]
    public void A_debugger_view_of_the_applications_own_stays() => GeneratorRun.Valid("""
        [SessionShape, System.Diagnostics.DebuggerTypeProxy(typeof(object))]
        public partial class Shape
        {
            public partial int Key { get; set; }
        }
        """);
}
