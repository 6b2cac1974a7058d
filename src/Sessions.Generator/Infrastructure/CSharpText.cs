using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sessions.Generator.Infrastructure;

/// <summary>C# source text for identifiers, types and constants.</summary>
internal static class CSharpText
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Type(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    public static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A constant of type <paramref name="type"/>, whose value is <paramref name="value"/> (for an enum, its underlying value).</summary>
    public static string Constant(ITypeSymbol type, object value) =>
        type.TypeKind == TypeKind.Enum ? $"({Type(type)})({Primitive(value)})" : Primitive(value);

    private static string Primitive(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => Literal(text),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        float number => Float(number),
        double number => Double(number),
        long number => Invariant(number) + "L",
        ulong number => Invariant(number) + "UL",
        uint number => Invariant(number) + "U",
        sbyte number => "(sbyte)" + Invariant(number),
        byte number => "(byte)" + Invariant(number),
        short number => "(short)" + Invariant(number),
        ushort number => "(ushort)" + Invariant(number),
        decimal number => Invariant(number) + "M",
        IFormattable other => Invariant(other),
        _ => "default",
    };

    private static string Float(float number) =>
        float.IsNaN(number) ? "float.NaN"
        : float.IsPositiveInfinity(number) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(number) ? "float.NegativeInfinity"
        : IsNegativeZero(number) ? "-0F"
        : number.ToString("R", CultureInfo.InvariantCulture) + "F";

    private static string Double(double number) =>
        double.IsNaN(number) ? "double.NaN"
        : double.IsPositiveInfinity(number) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(number) ? "double.NegativeInfinity"
        : IsNegativeZero(number) ? "-0D"
        : number.ToString("R", CultureInfo.InvariantCulture) + "D";

    // the .NET Framework, which some editors run on, prints it as 0
    private static bool IsNegativeZero(double number) => number == 0 && double.IsNegativeInfinity(1 / number);

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
