namespace Sessions.Tests;

/// <summary>What a browser keeps: the cookies by name, and the header that it sends.</summary>
internal sealed class CookieJar
{
    private readonly Dictionary<string, string> _cookies = [];

    public IReadOnlyCollection<string> Names => _cookies.Keys;

    public string this[string name]
    {
        get => _cookies[name];
        set => _cookies[name] = value;
    }

    public string Header => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>The same cookies in another jar.</summary>
    public CookieJar Copy()
    {
        var copy = new CookieJar();
        foreach (var (name, value) in _cookies)
            copy[name] = value;
        return copy;
    }

    public void Remove(string name) => _cookies.Remove(name);

    public void Take(TestAnswer answer)
    {
        foreach (var cookie in answer.SetCookies)
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal))
                _cookies.Remove(parts[0]);
            else
                _cookies[parts[0]] = parts[1];
        }
    }

    /// <summary>Sends a request with the cookies, and takes those of the answer.</summary>
    public async Task<TestAnswer> GetAsync(TestApp app, string path)
    {
        var answer = await app.GetAsync(path, _cookies.Count == 0 ? null : Header);
        Take(answer);
        return answer;
    }
}
