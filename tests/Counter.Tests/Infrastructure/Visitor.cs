using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Counter.Tests.Infrastructure;

/// <summary>A client with a cookie jar of its own.</summary>
public sealed class Visitor : IDisposable
{
    private const string SessionCookie = "sessionid";

    private readonly CookieContainer _jar = new();
    private readonly HttpClient _client;

    public Visitor(Uri address) => _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _jar }) { BaseAddress = address };

    /// <summary>The session's cookie; null: none in the jar.</summary>
    public string? SessionId
    {
        get => _jar.GetCookies(_client.BaseAddress!)[SessionCookie]?.Value;
        set => _jar.Add(_client.BaseAddress!, new Cookie(SessionCookie, value, "/"));
    }

    /// <summary>How often this visitor came, this time included.</summary>
    public async Task<int> VisitAsync() => (await SendAsync(HttpMethod.Get, "/")).GetProperty("number").GetInt32();

    /// <summary>The lines of the visitor's notes.</summary>
    public async Task<IReadOnlyList<string?>> NotesAsync() => Lines(await SendAsync(HttpMethod.Get, "/notes"));

    /// <summary>The lines that the notes had; they are gone after it.</summary>
    public async Task<IReadOnlyList<string?>> TakeNotesAsync() => Lines(await SendAsync(HttpMethod.Delete, "/notes"));

    public Task PostAsync(string path) => SendAsync(HttpMethod.Post, path);

    /// <summary>What is answered, as JSON; undefined where the body is empty.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Content.Headers.ContentLength == 0
            ? default
            : await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private static IReadOnlyList<string?> Lines(JsonElement notes) => [.. notes.GetProperty("lines").EnumerateArray().Select(line => line.GetString())];
}
