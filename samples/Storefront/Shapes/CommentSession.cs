namespace Storefront.Shapes;

/// <summary>What the comments page remembers of a visitor.</summary>
[SessionShape]
public partial class CommentSession
{
    /// <summary>Whether the visitor has written a comment.</summary>
    public partial bool Commented { get; set; }
}
