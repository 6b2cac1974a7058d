using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class TypeMustBeStorableAnalyzerTests
{
    [Theory]
    [InlineData("Action", "it is a delegate")]
    [InlineData("Func<int>?", "it is a delegate")]
    [InlineData("System.IO.MemoryStream", "it is a stream")]
    [InlineData("Task<int>", "it is a task")]
    [InlineData("ValueTask", "it is a task")]
    [InlineData("HttpContext", "it is a request's own object")]
    [InlineData("Session", "it is the session itself")]
    [InlineData("Span<int>", "it is a ref struct")]
    [InlineData("int*", "it is a pointer")]
    [InlineData("delegate*<void>", "it is a pointer")]
    [InlineData("CancellationToken", "it is a cancellation token")]
    [InlineData("IServiceProvider", "it is a service provider")]
    [InlineData("Type", "it is a part of the program")]
    [InlineData("nint", "it is a native number, whose size differs between machines")]
    [InlineData("Lock", "it is a lock")]
    [InlineData("IQueryable<int>", "it is a query")]
    [InlineData("IAsyncEnumerable<int>", "it is an asynchronous sequence")]
    [InlineData("System.Security.Claims.ClaimsPrincipal", "it is a principal, whose claims refer back to it")]
    [InlineData("IOpen", "it is an interface that cannot be created")]
    [InlineData("IFormFile", "it is an interface that cannot be created")]
    [InlineData("Open", "it is an abstract class that cannot be created")]
    [InlineData("int[,]", "it is an array of several dimensions")]
    [InlineData("Dictionary<(int, int), string>", "it is a dictionary whose keys cannot be text")]
    [InlineData("List<Action>", "'List<Action>[]' is a delegate")]
    [InlineData("(int Id, Task Job)", "'(int Id, Task Job).Job' is a task")]
    [InlineData("Line", "'Line.Changed' is a delegate")]
    [InlineData("List<Dictionary<string, Line?>>", "'List<Dictionary<string, Line?>>[][].Changed' is a delegate")]
    [InlineData("Derived", "'Derived.Root.Parts[].Job' is a task")]
    [InlineData("Fields", "'Fields.Source' is a stream")]
    [InlineData("Included", "'Included.Secret' is a stream")]
    public async Task A_type_that_cannot_be_stored_is_reported_with_the_path_to_what_is_to_blame(string type, string reason)
    {
        var found = await AnalyzerTest<TypeMustBeStorableAnalyzer>.Verify($$"""
            [SessionShape] public partial class Shape { public partial [|{{type}}|] Key { get; set; } }
            {{Types}}
            """);
        Assert.EndsWith("cannot be a session value: " + reason, found.Single().GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int?")]
    [InlineData("byte[]")]
    [InlineData("object")]
    [InlineData("dynamic")]
    [InlineData("Uri")]
    [InlineData("Version?")]
    [InlineData("IReadOnlyList<int>")]
    [InlineData("ISet<string>")]
    [InlineData("IDictionary<string, IList<int>>")]
    [InlineData("IReadOnlyDictionary<Guid, int[]>")]
    [InlineData("Dictionary<DayOfWeek, (int, string?)>")]
    [InlineData("System.Collections.Immutable.IImmutableList<int>")]
    [InlineData("System.Text.Json.Nodes.JsonNode")]
    [InlineData("System.Text.Json.JsonElement")]
    [InlineData("Node")]
    [InlineData("Ignored")]
    [InlineData("Computed")]
    [InlineData("Animal")]
    [InlineData("Converted")]
    [InlineData("Endless<int>")]
    public Task A_type_that_can_be_stored_is_fine(string type) => AnalyzerTest<TypeMustBeStorableAnalyzer>.VerifyValid($$"""
        [SessionShape] public partial class Shape { public partial {{type}} Key { get; set; } }
        {{Types}}
        """);

    [Fact]
    public Task Every_place_that_names_a_type_is_looked_at_once() => AnalyzerTest<TypeMustBeStorableAnalyzer>.VerifyValid("""
        using System.IO;

        internal static class Uses
        {
            private static readonly SessionKey<Stream> Key = [|new("a")|];
            private static readonly SessionKey<Task> Key2 = new SessionKey<[|Task|]>("b");

            public static void Run(Session session, Stream stream, Action action, object anything)
            {
                session.Set("a", [|stream|]);
                session.Set<[|Stream|]>("a", stream);
                session["a"] = [|action|];
                session["b"] = anything;
                session["c"] = null;
                session.Set("d", anything);
                _ = session.Get<[|Action|]>("a");
                _ = session?.Get<[|Action|]>("a");
                session!.TryGet<[|Task|]>("a", out _);
                session.Pop<[|Func<int>|]>("a");
                session.SetDefault("a", [|stream|]);
                session.Set(Key, stream);
                session.Update(new Dictionary<string, object?> { ["a"] = [|stream|], ["b"] = 1 });
            }

            public static T? Read<T>(Session session) => session.Get<T>("a");
        }
        """);

    private const string Types = """
        public interface IOpen;
        public abstract class Open;
        public sealed record Line(string Sku, Action Changed);
        public class Part { public Task Job { get; set; } = Task.CompletedTask; }
        public class Holder { public Part[] Parts { get; set; } = []; public Holder? Next { get; set; } }
        public class Root { public Holder Root2 => new(); }
        public class Base { public Holder? Root { get; set; } }
        public class Derived : Base { public int Id { get; set; } }
        public class Fields { public System.IO.Stream? Source; }
        public class Included { [System.Text.Json.Serialization.JsonInclude] internal System.IO.Stream? Secret { get; set; } }
        public class Node { public List<Node> Children { get; set; } = []; public Node? Parent { get; set; } }
        public class Ignored { [System.Text.Json.Serialization.JsonIgnore] public Action? Changed { get; set; } private Task? Job { get; set; } public Task? Run() => Job; }
        public class Computed { public IOpen? Open => null; public static Action? Shared { get; set; } public int this[Type type] => 1; }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Cat), "cat")] public abstract class Animal;
        public sealed class Cat : Animal;
        [System.Text.Json.Serialization.JsonConverter(typeof(int))] public interface Converted;
        public class Endless<T> { public Endless<List<T>>? Next { get; set; } }
        """;
}
