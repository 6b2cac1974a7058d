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
    public IReadOnlyCollection<string>? Find(Endpoint endpoint) => NeedsOf(endpoint).Keys;

    /// <summary>What to load when a shape is bound: the keys of all shapes of the handler, or of this one where the handler does not show it.</summary>
    /// <param name="endpoint">The endpoint; null where there is no routing.</param>
    public IReadOnlyCollection<string>? Find<TShape>(Endpoint? endpoint)
        where TShape : class, ISessionShape<TShape>
    {
        if (endpoint is null || TShape.KeyNames is null)
            return TShape.KeyNames;
        var needs = NeedsOf(endpoint);
        return needs.Keys is null || needs.Shapes.Contains(typeof(TShape)) ? needs.Keys : TShape.KeyNames;
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
        var shown = new HashSet<Type>();
        var areInjected = false;
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (_shapes.TryGetValue(type, out var keys))
            {
                shown.Add(type);
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

        return new Needs(all?.ToFrozenSet(StringComparer.Ordinal), shown.ToFrozenSet(), areInjected);
    }

    private sealed record Needs(FrozenSet<string>? Keys, FrozenSet<Type> Shapes, bool AreInjected);
}
