using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <content>
/// The scope of the request's services is to know whose it is. It is made when somebody asks for it, and most requests of a fast endpoint
/// never do: until then this stands in the place of the feature that makes it.
/// </content>
#pragma warning disable CA2000 // a RequestServicesFeature has the response dispose of it
internal sealed partial class SessionRequest : IServiceProvidersFeature
{
    private IServiceScopeFactory? _scopes;   // null where this does not stand in

    IServiceProvider IServiceProvidersFeature.RequestServices
    {
        get => Tell(StepAside().RequestServices);
        set => StepAside().RequestServices = Tell(value);
    }

    private void TellServices(IServiceScopeFactory scopes)
    {
        if (_context.Features.Get<IServiceProvidersFeature>() is { } services)
        {
            Tell(services.RequestServices);   // somebody has asked already
            return;
        }

        _scopes = scopes;
        _context.Features.Set<IServiceProvidersFeature>(this);
    }

    private void LeaveServices()
    {
        if (_scopes is not null)
            _context.Features.Set<IServiceProvidersFeature>(null);
        _scopes = null;
    }

    private RequestServicesFeature StepAside()
    {
        var services = new RequestServicesFeature(_context, _scopes);
        _scopes = null;
        _context.Features.Set<IServiceProvidersFeature>(services);
        return services;
    }

    private IServiceProvider Tell(IServiceProvider services)
    {
        CurrentSession.Tell(services, _context);
        return services;
    }
}
