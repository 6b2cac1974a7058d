namespace Sessions;

/// <summary>One place where a user is signed in.</summary>
public sealed class UserSession
{
    internal UserSession(string handle, DateTimeOffset createdAt, DateTimeOffset expiresAt) =>
        (Handle, CreatedAt, ExpiresAt) = (handle, createdAt, expiresAt);

    /// <summary>Names it to <see cref="SessionTicketStore"/>. Not a secret: nobody can sign in with it.</summary>
    public string Handle { get; }

    /// <summary>When the user signed in.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the sign-in ends, unless it is renewed before.</summary>
    public DateTimeOffset ExpiresAt { get; }
}
