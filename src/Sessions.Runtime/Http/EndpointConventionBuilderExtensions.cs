using Microsoft.AspNetCore.Builder;

namespace Sessions;

/// <summary>What endpoints ask of the session.</summary>
public static class EndpointConventionBuilderExtensions
{
    /// <summary>Loads the session, asynchronously, before the endpoint runs. Needs routing before <c>UseTypedSessions()</c>, as
    /// <c>WebApplication</c> has it.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RequireSessionAttribute()));
        return builder;
    }
}
