using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// Keeps authentication tickets in the session store, so that a user's sign-ins can be listed and ended; the cookie carries a random key
/// alone. A singleton service, added by <see cref="SessionsBuilder.AddTicketStore"/>.
/// </summary>
/// <remarks>
/// A user is known by the principal's name identifier, else its <c>sub</c> claim, else its name. The tickets of one who has none of them
/// are kept, and not listed.
/// </remarks>
public sealed partial class SessionTicketStore
{
    /// <summary>The most sign-ins of one user: another one ends the oldest.</summary>
    public const int MaxSessionsPerUser = 1000;

    private const string HandleItem = ".Sessions.Handle";

    // A ticket is listed before it is stored. One that is missing for longer than that was never stored, or has ended.
    private static readonly TimeSpan StoringPeriod = TimeSpan.FromMinutes(5);

    private readonly SessionServices _services;
    private readonly UserTicketIndex _index;
    private readonly ILogger _logger;

    internal SessionTicketStore(SessionServices services, ILogger<SessionTicketStore> logger)
    {
        if (services.Cookies is not null)
            throw new InvalidOperationException(TicketStoreValidator.NeedsServer);
        (_services, _logger) = (services, logger);
        _index = new UserTicketIndex(services.Store, services.Time, logger);
    }

    /// <summary>The handle of a ticket that is kept here, by what came with it; null when it is not kept here.</summary>
    /// <param name="properties">As <c>(await HttpContext.AuthenticateAsync()).Properties</c> gives them, or as they were signed in with.</param>
    public static string? HandleOf(AuthenticationProperties? properties) => properties?.GetString(HandleItem);

    /// <summary>Where the user is signed in, the oldest sign-in first. Reads no ticket.</summary>
    /// <param name="userId">The user's name identifier.</param>
    /// <param name="cancellationToken">Stops between two calls to the store.</param>
    public async ValueTask<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var now = _services.Time.GetUtcNow();
        var live = new List<UserSession>();
        var gone = new List<string>();
        foreach (var session in await _index.ReadAsync(userId, cancellationToken))
        {
            if (session.ExpiresAt > now && await _services.Store.ExistsAsync(RecordId(session.Handle), cancellationToken))
                live.Add(session);
            else if (IsGone(session))
                gone.Add(session.Handle);
        }

        await _index.RemoveAsync(userId, gone, cancellationToken);
        return [.. live.OrderBy(session => session.CreatedAt)];
    }

    /// <summary>Signs the user out in one place: the next request from there is anonymous.</summary>
    /// <param name="userId">The user's name identifier.</param>
    /// <param name="handle">As <see cref="ListAsync"/> or <see cref="HandleOf"/> gives it.</param>
    /// <param name="cancellationToken">Stops between two calls to the store.</param>
    /// <returns>False when this user is not signed in there.</returns>
    public async ValueTask<bool> EndAsync(string userId, string handle, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        ArgumentNullException.ThrowIfNull(handle);
        var session = (await _index.ReadAsync(userId, cancellationToken)).Find(session => session.Handle == handle);
        return session is not null && await EndAsync(userId, [session], cancellationToken) == 1;
    }

    /// <summary>Signs the user out everywhere, or everywhere else.</summary>
    /// <param name="userId">The user's name identifier.</param>
    /// <param name="exceptHandle">The sign-in to keep; null for none.</param>
    /// <param name="cancellationToken">Stops between two calls to the store.</param>
    /// <returns>The number of sign-ins that were ended.</returns>
    public async ValueTask<int> EndAllAsync(string userId, string? exceptHandle = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var ended = 0;
        while (true)
        {
            // Again, until nothing new is found: a sign-in gives a ticket another key, and may have done so meanwhile.
            var sessions = await _index.ReadAsync(userId, cancellationToken);
            sessions.RemoveAll(session => session.Handle == exceptHandle || !tried.Add(session.Handle));
            if (sessions.Count == 0)
                return ended;
            ended += await EndAsync(userId, sessions, cancellationToken);
        }
    }

    private async ValueTask<int> EndAsync(string userId, IEnumerable<UserSession> sessions, CancellationToken cancellationToken)
    {
        var ended = 0;
        var gone = new List<string>();
        foreach (var session in sessions)
        {
            var outcome = await _services.Store.DeleteAsync(RecordId(session.Handle), cancellationToken);
            ended += outcome == SessionStoreOutcome.Done ? 1 : 0;
            if (outcome == SessionStoreOutcome.Done || IsGone(session))
                gone.Add(session.Handle);
        }

        await _index.RemoveAsync(userId, gone, cancellationToken);
        return ended;
    }

    private bool IsGone(UserSession session)
    {
        var now = _services.Time.GetUtcNow();
        return session.ExpiresAt <= now || session.CreatedAt + StoringPeriod < now;
    }
}
