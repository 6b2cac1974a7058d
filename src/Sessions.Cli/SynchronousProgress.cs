namespace Sessions;

/// <summary>Tells at once, in order: <see cref="Progress{T}"/> would tell later, on other threads.</summary>
internal sealed class SynchronousProgress(Action<long> tell) : IProgress<long>
{
    public void Report(long value) => tell(value);
}
