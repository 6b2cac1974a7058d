using System.Text;

namespace Sessions.Capacity;

/// <summary>The ids of many sessions, in one array: the cookies, which are not in the store's memory.</summary>
internal sealed class SessionIds(int count)
{
    private readonly byte[] _secrets = new byte[count * SessionId.Length];

    public int Count => count;

    public SessionId this[int number]
    {
        get => SessionId.TryParse(Encoding.ASCII.GetString(At(number)), out var id) ? id : throw new InvalidOperationException($"Session {number} has no id.");
        set => Encoding.ASCII.GetBytes(value.Secret, At(number));
    }

    public SessionId Any() => this[Random.Shared.Next(count)];

    private Span<byte> At(int number) => _secrets.AsSpan(number * SessionId.Length, SessionId.Length);
}
