namespace Sessions.Generator.Tests.Shapes;

[SessionShape(Prefix = "cart.")]
public partial class CartSession
{
    /// <summary>How often the visitor came.</summary>
    public partial int Visits { get; set; }

    public partial string? Coupon { get; set; }

    [SessionKey("fav_color", Default = "blue")]
    public partial string FavColor { get; set; }

    [SessionKey(DefaultFactory = nameof(NewLines))]
    public partial List<string> Lines { get; set; }

    [SessionKey(FormerNames = ["customer", "client"])]
    public partial string CustomerName { get; set; }

    public partial DateTimeOffset? Since { get; set; }

    private partial int Secret { get; set; }

    public int ReadSecret() => Secret;

    public void WriteSecret(int value) => Secret = value;

    private static List<string> NewLines() => ["first"];
}
