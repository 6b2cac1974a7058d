using System.Net;

namespace Storefront.Tests.Infrastructure;

/// <summary>A client with a cookie jar of its own, that follows redirects.</summary>
public sealed class Visitor : IDisposable
{
    private const string SessionCookie = "sessionid";

    private readonly Func<Uri> _address;
    private readonly CookieContainer _jar = new();
    private readonly HashSet<string> _secrets = [];
    private readonly HttpClient _client;

    public Visitor(Func<Uri> address)
    {
        _address = address;
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _jar });
    }

    /// <summary>Every value that a cookie ever had in this jar.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>The session's cookie; null: none in the jar.</summary>
    public string? SessionId => _jar.GetCookies(_address())[SessionCookie]?.Value;

    /// <summary>Puts a session id into the jar.</summary>
    public void Replay(string sessionId) => _jar.Add(_address(), new Cookie(SessionCookie, sessionId, "/"));

    public async Task<WebPage> GetAsync(string path) =>
        await ReadAsync(await _client.GetAsync(new Uri(_address(), path), TestContext.Current.CancellationToken));

    /// <summary>Posts a form as the page would: with the antiforgery token, taken from a page that only reads the session.</summary>
    public async Task<WebPage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = (await GetAsync("/logout")).AntiforgeryToken;
        return await PostBareAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    /// <summary>Posts these fields and nothing else.</summary>
    public async Task<WebPage> PostBareAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await ReadAsync(await _client.PostAsync(new Uri(_address(), path), form, TestContext.Current.CancellationToken));
    }

    public async Task<WebPage> SignInAsync(string name)
    {
        await GetAsync("/login");
        return await PostAsync("/login", ("Name", name));
    }

    public void Dispose() => _client.Dispose();

    private async Task<WebPage> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            _secrets.UnionWith(_jar.GetAllCookies().Select(cookie => cookie.Value));
            var sessionCookie = response.Headers.TryGetValues("Set-Cookie", out var cookies)
                ? cookies.SingleOrDefault(cookie => cookie.StartsWith(SessionCookie + "=", StringComparison.Ordinal))
                : null;
            var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new WebPage(response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath, html, sessionCookie);
        }
    }
}
