using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <content>Whose session it is.</content>
internal sealed partial class SessionRequest
{
    private bool _hasNewUser;   // someone signed in or out: HttpContext.User may still be who it was

    /// <summary>
    /// The request's session. Authentication runs before the session's middleware where the application does not say otherwise, and may
    /// sign a user out there: the session is settled as the response starts then.
    /// </summary>
    public static SessionRequest Of(HttpContext context, SessionServices services)
    {
        var request = context.Features.Get<SessionRequest>();
        if (request is null)
            context.Features.Set(request = new SessionRequest(context, services));
        return request;
    }

    /// <summary>A visitor signs in: keeps what is theirs under a new id, and ends what is another user's.</summary>
    public async ValueTask SignInAsync(ClaimsPrincipal principal)
    {
        await Session.LoadAsync(_context.RequestAborted);
        _hasNewUser = true;
        if (Session.IsRetired)
            return;   // another sign-in has it already
        var user = principal.UserId();
        var owner = Session.Owner ?? _context.User.UserId();
        Session.CycleId();
        if (owner is not null && owner != user)
        {
            Session.Flush();
            await Session.DeleteFlushedAsync(CancellationToken.None);   // whatever becomes of this request
        }

        Session.Owner = user ?? "";   // of someone without a name: nobody's else
    }

    /// <summary>The user signs out.</summary>
    public void SignOut()
    {
        _hasNewUser = true;
        Session.Flush();
    }

    private string? CurrentUser() => _hasNewUser ? null : _context.User.UserId();
}
