namespace Sessions.Generator.Tests.Shapes;

public interface IHasCart
{
    List<string> Lines { get; set; }
}

[SessionShape(Prefix = "base.")]
public partial class MemberSession : IHasCart
{
    [SessionKey(Default = new[] { "first" })]
    public partial List<string> Lines { get; set; }

    public virtual partial int Visits { get; set; }

    [SessionKey(Default = 5)]
    public partial int Rank { get; private set; }

    public void Promote() => Rank++;
}

[SessionShape(Prefix = "vip.")]
public sealed partial class VipSession : MemberSession
{
    [SessionKey(Default = 10)]
    public override partial int Visits { get; set; }

    public new partial string? Lines { get; set; }

    public partial int @class { get; set; }

    public partial double Größe { get; set; }
}
