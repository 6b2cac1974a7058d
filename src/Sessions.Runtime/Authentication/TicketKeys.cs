using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>
/// The keys that tickets have from this request on. A cookie handler renews the ticket it has read under the key it has read, at a
/// sign-in too, where the key must change.
/// </summary>
internal sealed class TicketKeys
{
    private readonly Dictionary<string, string> _fresh = new(StringComparer.Ordinal);
    private int _signIns;

    /// <summary>A sign-in is running.</summary>
    public bool IsSigningIn => _signIns > 0;

    public static TicketKeys Of(HttpContext context)
    {
        var keys = context.Features.Get<TicketKeys>();
        if (keys is null)
            context.Features.Set(keys = new TicketKeys());
        return keys;
    }

    /// <summary>Until it is disposed a sign-in is running.</summary>
    public IDisposable SignIn()
    {
        _signIns++;
        return new Running(this);
    }

    public void Replace(string key, string fresh) => _fresh[key] = fresh;

    /// <summary>The key that a ticket has now, by the one under which its handler read it.</summary>
    public string Current(string key) => _fresh.GetValueOrDefault(key, key);

    private sealed class Running(TicketKeys keys) : IDisposable
    {
        public void Dispose() => keys._signIns--;
    }
}
