namespace Sessions.Capacity;

/// <summary>How much is measured: all of it, or a tenth of the sizes for a fifth of the time.</summary>
internal sealed record Scale(bool IsQuick)
{
    public int Size(int full) => IsQuick ? full / 10 : full;

    public TimeSpan Time(double seconds) => TimeSpan.FromSeconds(IsQuick ? seconds / 5 : seconds);
}
