using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>What endpoints say of their sessions. Each is read once.</summary>
internal sealed class SessionEndpoints(IEnumerable<SessionShapeKeys> shapes)
{
    private readonly SessionShapeKeys[] _shapes = [.. shapes];
    private readonly ConditionalWeakTable<Endpoint, SessionEndpoint> _endpoints = [];

    /// <param name="endpoint">The endpoint; null where there is no routing, or nothing was found by it.</param>
    public SessionEndpoint Find(Endpoint? endpoint)
    {
        if (endpoint is null)
            return SessionEndpoint.None;
        if (!_endpoints.TryGetValue(endpoint, out var found))
            _endpoints.AddOrUpdate(endpoint, found = new SessionEndpoint(endpoint.Metadata, _shapes));
        return found;
    }
}
