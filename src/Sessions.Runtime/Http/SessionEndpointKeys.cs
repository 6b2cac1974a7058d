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
    /// <param name="keys">The keys of the shape that is being bound; null: any key.</param>
    public IReadOnlyCollection<string>? Find(Endpoint? endpoint, IReadOnlyCollection<string>? keys)
    {
        if (endpoint is null || keys is null)
            return keys;
        if (!_endpoints.TryGetValue(endpoint, out var needs))
            _endpoints.AddOrUpdate(endpoint, needs = new Needs(KeysOf(endpoint, keys)));
        return needs.Keys;
    }

    // A handler may reach the session by a service as well: then what its parameters do not tell is loaded when it is touched.
    private FrozenSet<string>? KeysOf(Endpoint endpoint, IReadOnlyCollection<string> own)
    {
        var all = own.ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (type == typeof(Session) || type == typeof(HttpContext) || type == typeof(HttpRequest))
                return null;
            if (!_shapes.TryGetValue(type, out var keys))
                continue;
            if (keys is null)
                return null;
            all.UnionWith(keys);
        }

        return all.ToFrozenSet(StringComparer.Ordinal);
    }

    private sealed record Needs(FrozenSet<string>? Keys);
}
