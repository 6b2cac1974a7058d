namespace Sessions.Tests;

/// <summary>Holds requests inside their handlers: each arrives and waits until the test opens the gate.</summary>
internal sealed class Gate(int arrivals)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>All that are expected have arrived.</summary>
    public Task Arrived => _arrived.Task;

    public Task PassAsync()
    {
        if (Interlocked.Increment(ref _waiting) == arrivals)
            _arrived.SetResult();
        return _open.Task;
    }

    public void Open() => _open.TrySetResult();
}
