using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Infrastructure;
using Sessions.Generator.Schemas;

namespace Sessions.Generator;

/// <summary>Implements the partial properties of each <c>[SessionShape]</c> class, and registers the assembly's shapes.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SessionShapeGenerator : IIncrementalGenerator
{
    internal const string ShapesStep = "Shapes";
    internal const string RegistrationsStep = "Registrations";
    internal const string SchemaStep = "Schema";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Types marked with it are unseen by other assemblies, even those that see internals
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        // One shape, one model
        var shapes = context.SyntaxProvider
            .ForAttributeWithMetadataName(WellKnownNames.SessionShapeAttribute, IsClass, SessionShapeParser.Parse)
            .Where(static shape => shape is not null)
            .Select(static (shape, _) => shape!)
            .WithTrackingName(ShapesStep);

        // One model, one file
        context.RegisterSourceOutput(shapes, static (output, shape) => output.AddSource(shape.HintName, SessionShapeEmitter.Emit(shape)));

        // The names of all shapes that AddSessionShapes() can reach; empty for one that it cannot
        var registrations = shapes
            .Select(static (shape, _) => shape.IsReachable ? shape.FullName : "")
            .Collect()
            .Select(static (names, _) => names.OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(RegistrationsStep);

        // One file an assembly
        context.RegisterSourceOutput(registrations, static (output, names) =>
        {
            if (names.Count > 0)
                output.AddSource("SessionShapesExtensions.g.cs", RegistrationEmitter.Emit(names.Where(static name => name.Length > 0)));
        });

        // The schema file, where the project asks for it
        var schema = shapes
            .SelectMany(static (shape, _) => shape.Keys.Select(static key => key.Schema))
            .Collect()
            .Combine(context.AdditionalTextsProvider.Where(static file => SessionSchema.IsSchema(file.Path)).Collect())
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => IsSchemaWanted(options.GlobalOptions)))
            .Select(static (input, cancellationToken) => input.Right
                ? SessionSchemaEmitter.Emit(input.Left.Left, input.Left.Right.FirstOrDefault()?.GetText(cancellationToken)?.ToString())
                : "")
            .WithTrackingName(SchemaStep);
        context.RegisterSourceOutput(schema, static (output, text) =>
        {
            if (text.Length > 0)
                output.AddSource(SessionSchemaEmitter.HintName, text);
        });
    }

    private static bool IsSchemaWanted(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.EmitSessionSchema", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsClass(SyntaxNode node, CancellationToken cancellationToken) =>
        node is ClassDeclarationSyntax or RecordDeclarationSyntax;
}
