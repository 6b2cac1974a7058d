using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>The tutorial's shop on a server: with <c>AddSession()</c>, with typed sessions, or with these over what the former kept.</summary>
internal sealed class ShopApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopApp(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static Task<ShopApp> StartFormerAsync(IDistributedCache? cache = null, IDataProtectionProvider? protection = null) =>
        StartAsync(cache, protection, services => services.AddSession(), app => app.UseSession());

    public static Task<ShopApp> StartAsync() =>
        StartAsync(cache: null, protection: null, services => services.AddTypedSessions(), app => app.UseTypedSessions());

    public static Task<ShopApp> StartOverFormerAsync(
        IDistributedCache cache, IDataProtectionProvider protection, Action<TypedSessionOptions>? options = null) => StartAsync(
        cache,
        protection,
        services =>
        {
            services.AddSession();
            services.AddTypedSessions(options);
        },
        app => app.UseTypedSessions().UseFormerSessions());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<ShopApp> StartAsync(
        IDistributedCache? cache, IDataProtectionProvider? protection, Action<IServiceCollection> add, Action<WebApplication> use)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddControllersWithViews().AddSessionStateTempDataProvider().AddApplicationPart(typeof(ShopController).Assembly);
        builder.Services.AddDistributedMemoryCache();
        add(builder.Services);
        if (cache is not null)
            builder.Services.AddSingleton(cache);
        builder.Services.AddSingleton(protection ?? new EphemeralDataProtectionProvider());
        var app = builder.Build();
        use(app);
        app.MapControllers();
        await app.StartAsync();
        return new ShopApp(app);
    }
}
