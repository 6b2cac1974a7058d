namespace Sessions;

/// <summary>
/// Where sessions are kept. A store knows records and deltas: bytes, versions and times, never values, cookies or requests.
/// </summary>
/// <remarks>
/// <para>Ids. The <c>id</c> that a store is given is already the digest of the session id (see
/// <see cref="TypedSessionOptions.HashIdsAtRest"/>): up to 80 characters of <c>[a-z0-9.]</c>, unique, safe as a file name. A store
/// keeps it as it is and compares it byte for byte.</para>
/// <para>Live. A record is live while its <see cref="SessionRecord.ExpiresAt"/> lies in the future and its
/// <see cref="SessionRecord.Version"/> is positive. An expired record is treated as missing by every member, whether or not it
/// has been removed yet, except that it may go on occupying its id.</para>
/// <para>Retired. An id that was rotated away leaves a tombstone (<see cref="SessionRecord.Retired"/>) for a minute. It has no data.
/// Nothing changes it: saving, renewing, rotating and deleting it answer <see cref="SessionStoreOutcome.Retired"/>.</para>
/// <para>Atomicity. Each call takes effect wholly or not at all, also when the process dies in the middle. Two calls at once behave
/// as if one had come after the other. All that a dying process may leave behind is a record whose id nobody has.</para>
/// <para>Failure. A store that cannot be reached, or that gives up, throws. It never answers
/// <see cref="SessionStoreOutcome.Missing"/> for a session whose state it does not know. Cancelling may leave a call done or not done.</para>
/// <para>A store is a singleton and is called by many requests at once.</para>
/// </remarks>
public interface ISessionStore
{
    /// <summary>Reads a record without blocking on asynchronous work. For sessions that are first touched by synchronous code.</summary>
    /// <returns>As <see cref="LoadAsync"/>.</returns>
    SessionRecord? Load(string id);

    /// <summary>Reads a record. Creates nothing, changes nothing.</summary>
    /// <returns>The live record; a tombstone (<see cref="SessionRecord.IsRetired"/>) for a retired id; null when unknown or expired.</returns>
    ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a record with only the entries of these keys, for a request that needs no others. A store that would not move fewer bytes
    /// for it need not implement it: by default it reads all.
    /// </summary>
    /// <returns>As <see cref="LoadAsync"/>; what was left out is said by <see cref="SessionRecord.LoadedKeys"/>.</returns>
    ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) =>
        LoadAsync(id, cancellationToken);

    /// <summary>Inserts a record if, and only if, the id is free. A record that exists is left as it is.</summary>
    /// <returns>False when the id is taken, be it by an expired or retired record.</returns>
    ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies a delta (<see cref="SessionDelta.Apply"/>) to the live record as it is now, which may be newer than the one the delta
    /// was made from: changes to other keys survive, and on one key the later save wins. Never creates or revives a record.
    /// </summary>
    /// <returns>Done with the record as saved; Missing when there is no live record; Retired.</returns>
    ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves the expiry of a live record and changes nothing else, its version neither. When the record has another version than
    /// <paramref name="version"/>, someone saved it meanwhile, and thereby renewed it: nothing is changed, and the answer is Done.
    /// </summary>
    /// <returns>Done; Missing when there is no live record; Retired. The result carries no record.</returns>
    ValueTask<SessionStoreResult> RenewAsync(string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves a live record to a new id, with a delta applied as in <see cref="SaveAsync"/>, and retires the old id: in one step, so
    /// that nobody ever holds two live ids of it, or none; the new one is given out when the call is done. <see cref="SessionRecord.CreatedAt"/> stays.
    /// </summary>
    /// <returns>Done with the new record; Missing when the old id has no live record; Retired; IdTaken when the new id is not free,
    /// and then nothing has changed.</returns>
    ValueTask<SessionStoreResult> RotateAsync(string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default);

    /// <summary>Removes a record. Removing what does not exist is no error; a tombstone stays.</summary>
    /// <returns>Done when a record was removed; Missing; Retired.</returns>
    ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Whether the id has a live record. False for an expired and for a retired one.</summary>
    ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes expired records and tombstones, in batches, so that writers are not held up for longer than one batch. Stopped half-way,
    /// what was removed stays removed and a later call goes on.
    /// </summary>
    /// <param name="progress">Told the number removed so far after each batch; may be null.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The number of records removed.</returns>
    ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}
