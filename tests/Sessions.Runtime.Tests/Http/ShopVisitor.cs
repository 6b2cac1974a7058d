using System.Net;

namespace Sessions.Tests.Http;

/// <summary>A browser at the shop; it keeps its cookies when the shop moves to another server.</summary>
internal sealed class ShopVisitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public ShopVisitor() => _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });

    public IEnumerable<string> Cookies => _cookies.GetAllCookies().Select(cookie => cookie.Name);

    /// <summary>Sends <c>GET path</c>, or <c>POST path</c>.</summary>
    /// <returns>The status, where it leads and the body.</returns>
    public async Task<string> SendAsync(ShopApp shop, string line)
    {
        var (method, path) = line.Split(' ') is [var verb, var rest] ? (new HttpMethod(verb), rest) : throw new FormatException(line);
        using var request = new HttpRequestMessage(method, new Uri(shop.Address, $"/shop/{path}"));
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return $"{(int)response.StatusCode} {response.Headers.Location} {body}";
    }

    public void Dispose() => _client.Dispose();
}
