using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

/// <summary>An application with sessions on a real server and port.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private TestApp(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    public FakeTimeProvider Time { get; }

    public FakeLogCollector Logs => _app.Services.GetRequiredService<FakeLogCollector>();

    public SessionManager Manager => _app.Services.GetRequiredService<SessionManager>();

    public Uri Address => _client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    /// <param name="map">The endpoints, after the middleware.</param>
    /// <param name="options">The session's options.</param>
    /// <param name="sessions">The store and what belongs to it; memory without it.</param>
    /// <param name="services">More services.</param>
    /// <param name="outside">Middleware around the session's.</param>
    public static async Task<TestApp> StartAsync(
        Action<WebApplication> map,
        Action<TypedSessionOptions>? options = null,
        Action<SessionsBuilder>? sessions = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? outside = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(time);
        var added = builder.Services.AddTypedSessions(options);
        sessions?.Invoke(added);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        outside?.Invoke(app);
        app.UseTypedSessions();
        map(app);
        await app.StartAsync();
        return new TestApp(app, time);
    }

    public Task<TestAnswer> GetAsync(string path, string? cookie = null) => SendAsync(HttpMethod.Get, path, cookie);

    // The cookie is the value of the header; a bare id is given the default name.
    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie.Contains('=') ? cookie : $"sessionid={cookie}");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new TestAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
            response.Headers.TryGetValues("Vary", out var vary) ? string.Join(", ", vary) : null,
            response.Headers.TryGetValues("Cache-Control", out var caching) ? string.Join(", ", caching) : null,
            response.Headers.RetryAfter?.ToString());
    }

    /// <summary>Stores a session with one entry.</summary>
    /// <returns>Its id, as a cookie has it.</returns>
    public async Task<string> StoreSessionAsync<T>(string key, T value)
    {
        var session = Manager.Create();
        session.Set(key, value);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        return session.Id!.Value.Secret;
    }

    /// <summary>Everything that was logged, as text.</summary>
    public string LogText() => string.Join('\n', Logs.GetSnapshot().Select(record => $"{record.Message} {record.Exception}"));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
