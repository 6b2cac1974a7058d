using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sessions;

/// <summary>A session as a store keeps it. Immutable: stores share it and its payload between requests without copying.</summary>
[DebuggerDisplay("version {Version}, {Payload.Length} bytes")]
public sealed class SessionRecord
{
    /// <summary>The version of a tombstone. Live records have versions from 1.</summary>
    public const long RetiredVersion = 0;

    /// <summary>How long the tombstone of a rotated id is kept.</summary>
    public static readonly TimeSpan RetirementPeriod = TimeSpan.FromMinutes(1);

    private PayloadCheck _check;   // what was found in the payload, once it was looked into and is sound

    // A million records may be in memory: a moment takes half of a DateTimeOffset's bytes.
    private readonly long _createdTicks;
    private readonly long _expiresTicks;

    /// <summary>The entries, in the format of <c>SessionPayload</c>: opaque to a store.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Counts up by one with every save. It is what a conditional write compares.</summary>
    public required long Version { get; init; }

    /// <summary>When the session began, in UTC; kept by saves and rotations.</summary>
    public required DateTimeOffset CreatedAt
    {
        get => new(_createdTicks, TimeSpan.Zero);
        init => _createdTicks = value.UtcTicks;
    }

    /// <summary>From when on the record counts as missing, in UTC.</summary>
    public required DateTimeOffset ExpiresAt
    {
        get => new(_expiresTicks, TimeSpan.Zero);
        init => _expiresTicks = value.UtcTicks;
    }

    /// <summary>The keys that <see cref="Payload"/> was read for, those that the session does not have among them; null: it holds every entry.</summary>
    /// <value><see langword="null"/>.</value>
    public IReadOnlyCollection<string>? LoadedKeys { get; init; }

    /// <summary>The bytes that all entries take, those that were not loaded too. Counts only where <see cref="LoadedKeys"/> is set.</summary>
    /// <value>0.</value>
    public int TotalBytes { get; init; }

    /// <summary>What the store that read the record wants to know again when it is saved; null when it is not as it was read.</summary>
    internal object? KnownToStore { get; init; }

    /// <summary>Whether this is the tombstone of an id that was rotated away.</summary>
    public bool IsRetired => Version == RetiredVersion;

    /// <summary>The tombstone of an id that is rotated away now.</summary>
    public static SessionRecord Retired(DateTimeOffset now) => new()
    {
        Payload = default,
        Version = RetiredVersion,
        CreatedAt = now,
        ExpiresAt = now + RetirementPeriod,
    };

    internal static SessionStoreOutcome OutcomeOf(SessionRecord? record) => record switch
    {
        null => SessionStoreOutcome.Missing,
        { IsRetired: true } => SessionStoreOutcome.Retired,
        _ => SessionStoreOutcome.Done,
    };

    internal SessionRecord WithPayload(ReadOnlyMemory<byte> payload) =>
        new() { Payload = payload, Version = Version, CreatedAt = CreatedAt, ExpiresAt = ExpiresAt };

    /// <summary>The payload, if it is sound. However many requests share the record, it is checked once.</summary>
    internal bool TryRead(out SessionPayload payload)
    {
        if (_check != PayloadCheck.None)
        {
            payload = SessionPayload.OfChecked(Payload, _check == PayloadCheck.Tagged);
            return true;
        }

        if (!SessionPayload.TryParse(Payload, out payload))
            return false;
        _check = payload.IsTagged ? PayloadCheck.Tagged : PayloadCheck.Plain;
        return true;
    }

    /// <summary>The payload as an array; without a copy where it is one already.</summary>
    internal byte[] ToArray() =>
        MemoryMarshal.TryGetArray(Payload, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : Payload.ToArray();

    /// <summary>The same record with another expiry.</summary>
    public SessionRecord WithExpiresAt(DateTimeOffset expiresAt) =>
        new()
        {
            Payload = Payload,
            Version = Version,
            CreatedAt = CreatedAt,
            ExpiresAt = expiresAt,
            LoadedKeys = LoadedKeys,
            TotalBytes = TotalBytes,
            _check = _check,
        };

    private enum PayloadCheck : byte
    {
        None,
        Plain,
        Tagged,
    }
}
