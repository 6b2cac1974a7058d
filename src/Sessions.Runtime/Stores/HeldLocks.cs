namespace Sessions;

/// <summary>Locks that are released together.</summary>
internal sealed class HeldLocks : IDisposable
{
    private readonly List<Action> _releases = [];

    /// <summary>Takes one lock after the other; when one cannot be taken, those before it are released.</summary>
    public static async Task<IDisposable> TakeAsync(IEnumerable<int> slots, Func<int, Task<Action>> takeAsync)
    {
        var held = new HeldLocks();
        try
        {
            foreach (var slot in slots)
                held._releases.Add(await takeAsync(slot));
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _releases.ForEach(release => release());
}
