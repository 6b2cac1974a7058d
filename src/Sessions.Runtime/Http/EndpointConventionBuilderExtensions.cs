using Microsoft.AspNetCore.Builder;

namespace Sessions;

/// <summary>What endpoints ask of the session. Needs routing before <c>UseTypedSessions()</c>, as <c>WebApplication</c> has it.</summary>
public static class EndpointConventionBuilderExtensions
{
    /// <summary>Loads the session, asynchronously, before the endpoint runs.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequireSessionAttribute());

    /// <summary>Keeps requests to this endpoint from prolonging the session, also where they change it: for what a page polls by itself.</summary>
    public static TBuilder WithoutSessionRenewal<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WithoutSessionRenewalAttribute());

    /// <summary>
    /// Sets how long a session lives after it was saved or renewed at this endpoint, in the place of <see cref="TypedSessionOptions.CookieAge"/>.
    /// An expiry that the session set for itself goes before it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="idle"/> is zero or negative.</exception>
    public static TBuilder WithSessionIdleTime<TBuilder>(this TBuilder builder, TimeSpan idle)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SessionIdleTimeAttribute(idle.TotalMinutes));

    /// <summary>Says what the endpoint does when the store of the sessions cannot be reached.</summary>
    public static TBuilder WithSessionFaultPolicy<TBuilder>(this TBuilder builder, SessionFaultPolicy policy)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SessionFaultPolicyAttribute(policy));
}
