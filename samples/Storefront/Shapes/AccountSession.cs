namespace Storefront.Shapes;

/// <summary>Who is signed in.</summary>
[SessionShape(Prefix = "account.")]
public partial class AccountSession
{
    /// <summary>The visitor's name; null while nobody is signed in.</summary>
    public partial string? Name { get; set; }
}
