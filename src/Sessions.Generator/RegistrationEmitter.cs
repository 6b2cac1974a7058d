using Sessions.Generator.Infrastructure;

namespace Sessions.Generator;

/// <summary>Prints <c>AddSessionShapes()</c>.</summary>
internal static class RegistrationEmitter
{
    public static string Emit(IEnumerable<string> shapes)
    {
        var writer = new CodeWriter();
        writer.Write(SessionShapeEmitter.FileHeader);
        writer.WriteLine();
        writer.Open("namespace Sessions");
        writer.Write($$"""
            /// <summary>Registers the session shapes of this assembly.</summary>
            [global::Microsoft.CodeAnalysis.Embedded]
            {{SessionShapeEmitter.GeneratedCode}}
            """);
        writer.Open("internal static class SessionShapesExtensions");
        writer.Write("""
            /// <summary>Registers every session shape of this assembly as a scoped service.</summary>
            """);
        writer.Open("internal static global::Sessions.SessionsBuilder AddSessionShapes(this global::Sessions.SessionsBuilder builder)");
        foreach (var shape in shapes)
            writer.Write($"builder.AddShape<{shape}>();");
        writer.Write("return builder;");
        writer.Close();
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
