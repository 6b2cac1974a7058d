namespace Sessions;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int NotFound = 1;
    public const int WrongUsage = 2;
    public const int StoreError = 3;
    public const int Cancelled = 130;
}
