namespace Sessions.Tests.Http;

[SessionShape(Prefix = "profile.")]
public partial class ProfileSession
{
    public partial int? Age { get; set; }

    [SessionKey(FormerNames = ["mail"])]
    public partial string? Email { get; set; }
}
