using System.Globalization;

namespace Sessions.Capacity;

internal static class Format
{
    public static string Count(double number) => number.ToString(number is > 0 and < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double number) => number.ToString("0.00×", CultureInfo.InvariantCulture);

    /// <summary>Writes microseconds in the unit that fits.</summary>
    public static string Time(double microseconds) => microseconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.0} µs"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds:#,0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:#,0} ms"),
    };

    public static string Bytes(double bytes) => bytes switch
    {
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} B"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
