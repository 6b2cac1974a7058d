using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Sessions;

/// <summary>
/// Which keys of the session an endpoint's handler takes, so that a store can leave the others unread. Looked up once an endpoint.
/// </summary>
internal sealed class SessionEndpointKeys(IEnumerable<SessionShapeKeys> shapes)
{
    private readonly Dictionary<Type, IReadOnlyCollection<string>?> _shapes =
        shapes.DistinctBy(shape => shape.Shape).ToDictionary(shape => shape.Shape, shape => shape.Names);

    private readonly ConditionalWeakTable<Endpoint, Needs> _endpoints = [];

    /// <summary>The keys of all shapes that the handler takes; null when it can reach the whole session.</summary>
    /// <param name="endpoint">The endpoint; null where there is no routing.</param>
    /// <param name="keys">The keys of the shape that is being bound, for a handler that shows none; null: any key.</param>
    public IReadOnlyCollection<string>? Find(Endpoint? endpoint, IReadOnlyCollection<string>? keys)
    {
        if (endpoint is null || keys is null)
            return keys;
        var needs = NeedsOf(endpoint);
        return needs.Keys is { Count: 0 } ? keys : needs.Keys;
    }

    /// <summary>
    /// Whether the handler takes a shape as a service. So it is where the request delegate generator has written the binding: it does not
    /// see what another generator writes, and so not a shape's <c>BindAsync</c>.
    /// </summary>
    public bool AreInjected(Endpoint endpoint) => _shapes.Count > 0 && NeedsOf(endpoint).AreInjected;

    private Needs NeedsOf(Endpoint endpoint)
    {
        if (!_endpoints.TryGetValue(endpoint, out var needs))
            _endpoints.AddOrUpdate(endpoint, needs = Read(endpoint));
        return needs;
    }

    // A handler may reach the session by a service as well: then what its parameters do not tell is loaded when it is touched.
    private Needs Read(Endpoint endpoint)
    {
        HashSet<string>? all = new(StringComparer.Ordinal);   // null: the whole session
        var areInjected = false;
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (_shapes.TryGetValue(type, out var keys))
            {
                areInjected |= !parameter.HasBindAsync;
                if (keys is null)
                    all = null;
                else
                    all?.UnionWith(keys);
            }
            else if (type == typeof(Session) || type == typeof(HttpContext) || type == typeof(HttpRequest))
            {
                all = null;
            }
        }

        return new Needs(all?.ToFrozenSet(StringComparer.Ordinal), areInjected);
    }

    private sealed record Needs(FrozenSet<string>? Keys, bool AreInjected);
}
