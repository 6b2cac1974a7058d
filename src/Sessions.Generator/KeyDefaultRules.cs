using System.Globalization;
using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator;

/// <summary>Which defaults a key can have: the parser prints them, an analyzer reports the others.</summary>
internal static class KeyDefaultRules
{
    // C# says so of these by name; others have a builder's attribute
    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal)
    {
        "IEnumerable", "IReadOnlyCollection", "IReadOnlyList", "ICollection", "IList", "List", "HashSet", "SortedSet", "LinkedList", "ObservableCollection", "Collection",
    };

    /// <summary>The default as source text; null without one, or where it does not convert to the property's type.</summary>
    public static string? FormatDefault(IPropertySymbol property, AttributeData? attribute) =>
        attribute?.FindNamedArgument("Default") is { } constant ? Format(constant, property.Type) : null;

    /// <summary>Whether the default is an array, which is made anew each time.</summary>
    public static bool IsCollection(AttributeData? attribute) =>
        attribute?.FindNamedArgument("Default") is { Kind: TypedConstantKind.Array, IsNull: false };

    private static string? Format(TypedConstant constant, ITypeSymbol property)
    {
        var isNullable = property.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var target = isNullable ? ((INamedTypeSymbol)property).TypeArguments[0] : property;
        if (constant.IsNull)
            return isNullable ? "null" : target.IsReferenceType ? "null!" : null;
        if (constant.Kind == TypedConstantKind.Array)
            return ElementOf(target) is { } element ? FormatCollection(constant.Values, element) : null;
        if (constant.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum) || constant.Type is not { } type)
            return null;
        if (constant.Value is string text && ParsedText(target, text) is { } parsed)
            return parsed;
        return Converts(type, constant.Value!, target) ? CSharpText.Constant(type, constant.Value!) : null;
    }

    private static string? FormatCollection(IEnumerable<TypedConstant> values, ITypeSymbol element)
    {
        var items = values.Select(value => Format(value, element)).ToArray();
        return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
    }

    // The element of what a collection expression can become
    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } named when !type.IsRefLikeType
            && (named.FindAttribute("System.Runtime.CompilerServices.CollectionBuilderAttribute") is not null
                || (Collections.Contains(named.Name) && named.ContainingNamespace.ToDisplayString().StartsWith("System.Collections.", StringComparison.Ordinal))) => element,
        _ => null,
    };

    /// <summary>The factory; null without one, or where no such method can be called.</summary>
    public static IMethodSymbol? FindFactory(IPropertySymbol property, AttributeData? attribute)
    {
        if (attribute?.FindNamedArgument("DefaultFactory")?.Value is not string name)
            return null;
        return property.ContainingType.SelfAndBaseTypes()
            .SelectMany(type => type.GetMembers(name).OfType<IMethodSymbol>().Where(method =>
                method is { IsStatic: true, Arity: 0, Parameters.IsEmpty: true, RefKind: RefKind.None }
                && (method.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(type, property.ContainingType))
                && Returns(method, property.Type)))
            .FirstOrDefault();
    }

    // What a method group needs in order to become a Func<T>
    private static bool Returns(IMethodSymbol method, ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(method.ReturnType, type)
        || (method.ReturnType.IsReferenceType && type.IsReferenceType && IsImplicitReference(method.ReturnType, type));

    private static bool IsImplicitReference(ITypeSymbol from, ITypeSymbol to) =>
        to.SpecialType == SpecialType.System_Object
        || from.AllInterfaces.Any(type => SymbolEqualityComparer.Default.Equals(type, to))
        || (from is INamedTypeSymbol named && named.SelfAndBaseTypes().Any(type => SymbolEqualityComparer.Default.Equals(type, to)));

    // C#'s implicit conversions of a constant
    private static bool Converts(ITypeSymbol from, object value, ITypeSymbol to)
    {
        if (SymbolEqualityComparer.Default.Equals(from, to))
            return true;
        if (to.TypeKind == TypeKind.Enum)
            return value is int and 0;
        if (to.IsReferenceType)
            return IsImplicitReference(from, to) || to.SpecialType == SpecialType.System_ValueType;
        if (from.TypeKind == TypeKind.Enum || value is bool or string)
            return false;
        return to.SpecialType switch
        {
            SpecialType.System_Single => value is not double,
            SpecialType.System_Double => true,
            SpecialType.System_Decimal => value is not (float or double),
            SpecialType.System_Char or SpecialType.System_Boolean => false,
            _ => value is not (float or double) && FitsInteger(value, to.SpecialType),
        };
    }

    // An int constant converts to any integer type that holds its value, a long one to ulong; else the wider type holds the narrower
    private static bool FitsInteger(object value, SpecialType to)
    {
        var number = value is char character ? character : value is ulong big ? big : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        return (value, to) switch
        {
            (int, SpecialType.System_SByte) => number is >= sbyte.MinValue and <= sbyte.MaxValue,
            (int, SpecialType.System_Byte) => number is >= byte.MinValue and <= byte.MaxValue,
            (int, SpecialType.System_Int16) => number is >= short.MinValue and <= short.MaxValue,
            (int, SpecialType.System_UInt16) => number is >= ushort.MinValue and <= ushort.MaxValue,
            (int, SpecialType.System_UInt32 or SpecialType.System_UIntPtr) => number >= 0,
            (int or long, SpecialType.System_UInt64) => number >= 0,
            (sbyte or byte, SpecialType.System_Int16) => true,
            (byte or char, SpecialType.System_UInt16) => true,
            (sbyte or byte or short or ushort or char, SpecialType.System_Int32 or SpecialType.System_IntPtr) => true,
            (int, SpecialType.System_IntPtr) => true,
            (byte or ushort or char, SpecialType.System_UInt32 or SpecialType.System_UIntPtr) => true,
            (uint, SpecialType.System_UIntPtr) => true,
            (not ulong, SpecialType.System_Int64) => true,
            (byte or ushort or uint or char, SpecialType.System_UInt64) => true,
            _ => false,
        };
    }

    // Parsed here, so that a wrong one is an error at compile time, and the machine that compiles does not show in the value
    private static string? ParsedText(ITypeSymbol target, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        var name = target is INamedTypeSymbol named && named.IsInNamespace("System") ? named.Name : null;
        return name switch
        {
            "TimeSpan" when TimeSpan.TryParse(text, culture, out var span) => $"new global::System.TimeSpan({Ticks(span.Ticks)})",
            "Guid" when Guid.TryParse(text, out var guid) => $"new global::System.Guid(\"{guid:D}\")",
            "Decimal" when decimal.TryParse(text, NumberStyles.Number, culture, out var number) => number.ToString(culture) + "M",
            "DateTime" when DateTime.TryParse(text, culture, DateTimeStyles.AdjustToUniversal, out var time) =>
                $"new global::System.DateTime({Ticks(time.Ticks)}, global::System.DateTimeKind.{time.Kind})",
            "DateTimeOffset" when DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var moment) =>
                $"new global::System.DateTimeOffset({Ticks(moment.Ticks)}, new global::System.TimeSpan({Ticks(moment.Offset.Ticks)}))",
            "DateOnly" when !text.Contains(":")
                && DateTime.TryParse(text, culture, DateTimeStyles.NoCurrentDateDefault, out var date)
                && date.TimeOfDay == TimeSpan.Zero => $"new global::System.DateOnly({date.Year}, {date.Month}, {date.Day})",
            "TimeOnly" when text.IndexOfAny(['-', '/', '+', 'Z', 'T']) < 0
                && DateTime.TryParse(text, culture, DateTimeStyles.NoCurrentDateDefault, out var clock)
                && clock.Date == DateTime.MinValue => $"new global::System.TimeOnly({Ticks(clock.Ticks)})",
            _ => null,
        };
    }

    private static string Ticks(long ticks) => ticks.ToString(CultureInfo.InvariantCulture) + "L";
}
