namespace Storefront.Shapes;

/// <summary>What the home page remembers: each partial property is a key of the session.</summary>
[SessionShape]
public partial class VisitorSession
{
    /// <summary>How often the visitor came. 0 while the key is missing.</summary>
    public partial int Visits { get; set; }

    /// <summary>The visitor's favourite colour.</summary>
    [SessionKey("fav_color", Default = "blue")]
    public partial string FavColor { get; set; }
}
