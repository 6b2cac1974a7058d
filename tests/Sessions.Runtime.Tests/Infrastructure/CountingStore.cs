using System.Text;

namespace Sessions.Tests;

/// <summary>Notes the calls to a store, and lets some of them fail.</summary>
internal sealed class CountingStore(ISessionStore inner) : ISessionStore
{
    /// <summary>The members called, in their order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Every id and every new payload that the store was given.</summary>
    public List<string> Told { get; } = [];

    public int Loads => Calls.Count(call => call is nameof(Load) or nameof(LoadAsync));

    /// <summary>The delta of the last save or rotation; null before one.</summary>
    public SessionDelta? LastDelta { get; private set; }

    /// <summary>The member that throws; null: none.</summary>
    public string? Failing { get; set; }

    public bool AsyncLoadsNeverEnd { get; set; }

    public SessionRecord? Load(string id)
    {
        Note(nameof(Load), id);
        return inner.Load(id);
    }

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        Note(nameof(LoadAsync), id);
        return AsyncLoadsNeverEnd ? new(new TaskCompletionSource<SessionRecord?>().Task) : inner.LoadAsync(id, cancellationToken);
    }

    /// <summary>Whether it reads single entries, as a store does that keeps them apart.</summary>
    public bool LoadsParts { get; set; }

    public async ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        if (!LoadsParts)
            return await LoadAsync(id, cancellationToken);
        Note(nameof(LoadPartAsync), id);
        if (await inner.LoadAsync(id, cancellationToken) is not { IsRetired: false } record)
            return null;
        var stored = SessionPayload.ParseOrEmpty(record.Payload);
        var delta = new SessionDelta
        {
            Set = [.. stored.Entries().Where(entry => keys.Contains(entry.Key))],
            Expiry = stored.Expiry,
            Now = record.CreatedAt,
            Lifetime = default,
        };
        return new SessionRecord
        {
            Payload = delta.Apply(null).Payload,
            Version = record.Version,
            CreatedAt = record.CreatedAt,
            ExpiresAt = record.ExpiresAt,
            LoadedKeys = keys,
            TotalBytes = stored.Size,
        };
    }

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        Note(nameof(CreateAsync), id, Encoding.Latin1.GetString(record.Payload.Span));
        return inner.CreateAsync(id, record, cancellationToken);
    }

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        Note(nameof(SaveAsync), id);
        LastDelta = delta;
        return inner.SaveAsync(id, delta, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        Note(nameof(RenewAsync), id);
        return inner.RenewAsync(id, version, expiresAt, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        Note(nameof(RotateAsync), id, newId);
        LastDelta = delta;
        return inner.RotateAsync(id, newId, delta, cancellationToken);
    }

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        Note(nameof(DeleteAsync), id);
        return inner.DeleteAsync(id, cancellationToken);
    }

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default)
    {
        Note(nameof(ExistsAsync), id);
        return inner.ExistsAsync(id, cancellationToken);
    }

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Note(nameof(ClearExpiredAsync));
        return inner.ClearExpiredAsync(progress, cancellationToken);
    }

    private void Note(string member, params IEnumerable<string> told)
    {
        Calls.Add(member);
        Told.AddRange(told);
        if (Failing == member)
            throw new IOException("The store cannot be reached.");
    }
}
