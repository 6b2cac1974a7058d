using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.SignalR;

namespace Sessions;

/// <summary>What an endpoint's metadata say of its requests' sessions.</summary>
internal sealed class SessionEndpoint
{
    private readonly HashSet<Type> _shapes = [];   // that its handler takes, as its parameters show

    public SessionEndpoint(EndpointMetadataCollection metadata, SessionShapeKeys[] shapes)
    {
        RequiresSession = metadata.GetMetadata<RequireSessionAttribute>() is not null;
        IsHub = metadata.Any(static item => item.GetType().Name == nameof(HubMetadata)) && HasHub(metadata);
        Renews = metadata.GetMetadata<WithoutSessionRenewalAttribute>() is null;
        Idle = metadata.GetMetadata<SessionIdleTimeAttribute>()?.Idle;
        ServesEmpty = metadata.GetMetadata<SessionFaultPolicyAttribute>() is { Policy: SessionFaultPolicy.ReadOnlyEmpty };

        // A handler may reach the session by a service as well: then what its parameters do not tell is loaded when it is touched.
        HashSet<string>? keys = new(StringComparer.Ordinal);   // null: the whole session
        foreach (var parameter in metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (Array.Find(shapes, shape => shape.Shape == type) is { } shape)
            {
                _shapes.Add(type);
                AreShapesInjected |= !parameter.HasBindAsync;
                if (shape.Names is { } names)
                    keys?.UnionWith(names);
                else
                    keys = null;
            }
            else if (type == typeof(Session) || type == typeof(HttpContext) || type == typeof(HttpRequest))
            {
                keys = null;
            }
        }

        Keys = keys;
    }

    /// <summary>What says nothing.</summary>
    public static SessionEndpoint None { get; } = new(EndpointMetadataCollection.Empty, []);

    /// <summary>It finds its session loaded.</summary>
    public bool RequiresSession { get; }

    /// <summary>Its requests are those of which a SignalR connection consists.</summary>
    public bool IsHub { get; }

    /// <summary>Its requests prolong the session.</summary>
    public bool Renews { get; }

    /// <summary>How long the session lives after such a request; null: as the options say.</summary>
    public TimeSpan? Idle { get; }

    /// <summary>It does without a session whose store cannot be reached.</summary>
    public bool ServesEmpty { get; }

    /// <summary>The keys of all shapes that its handler takes, so that a store can leave the others unread; null when it can reach the whole session.</summary>
    public IReadOnlyCollection<string>? Keys { get; }

    /// <summary>
    /// Its handler takes a shape as a service. So it is where the request delegate generator has written the binding: it does not see what
    /// another generator writes, and so not a shape's <c>BindAsync</c>.
    /// </summary>
    public bool AreShapesInjected { get; }

    /// <summary>What to load when a shape is bound: the keys of all shapes of the handler, or of this one where the handler does not show it.</summary>
    public IReadOnlyCollection<string>? KeysFor<TShape>()
        where TShape : class, ISessionShape<TShape> =>
        TShape.KeyNames is not null && (Keys is null || _shapes.Contains(typeof(TShape))) ? Keys : TShape.KeyNames;

    // By itself: to name the type loads SignalR, which most applications do not use.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasHub(EndpointMetadataCollection metadata) => metadata.GetMetadata<HubMetadata>() is not null;
}
