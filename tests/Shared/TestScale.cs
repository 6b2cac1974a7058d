namespace Sessions.Tests;

/// <summary>How much the long tests do: a tenth, or all of it under <c>./test.sh --full</c>, which sets <c>SESSIONS_TEST_FULL</c>.</summary>
internal static class TestScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SESSIONS_TEST_FULL") == "1";

    public static int Of(int full) => IsFull ? full : full / 10;
}
