using Sessions.Generator.Tests.Infrastructure;
using Sessions.Generator.Tests.Shapes;

namespace Sessions.Generator.Tests;

/// <summary>Shapes that extend shapes and implement interfaces, on a real session.</summary>
public sealed class ShapeOfShapeTests
{
    private readonly Session _session = TestSessions.Create();

    [Fact]
    public void An_interface_s_property_is_the_shape_s()
    {
        IHasCart cart = new MemberSession(_session);
        Assert.Equal(["first"], cart.Lines);
        cart.Lines = ["a"];
        Assert.Equal(["a"], _session.Get<List<string>>("base.Lines")!);
    }

    [Fact]
    public void A_collection_default_is_each_session_s_own()
    {
        new MemberSession(_session).Lines.Add("second");
        Assert.Equal(["first"], new MemberSession(TestSessions.Create()).Lines);
        new MemberSession(_session).MutateLines(static lines => lines.Add("third"));
        Assert.Equal(["first", "second", "third"], _session.Get<List<string>>("base.Lines")!);
    }

    [Fact]
    public void A_derived_shape_has_its_base_s_keys_and_its_own()
    {
        var vip = new VipSession(_session) { Lines = "text", @class = 1, Größe = 1.5 };
        MemberSession member = vip;
        member.Lines = ["a"];
        member.Promote();
        Assert.Equal(10, member.Visits);
        member.Visits = 3;
        Assert.Equal(["base.Lines", "base.Rank", "vip.Größe", "vip.Lines", "vip.Visits", "vip.class"], _session.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("text", vip.Lines);
        Assert.Equal(6, vip.Rank);
        Assert.True(vip.HasVisits);
        Assert.False(member.HasVisits);
    }

    [Fact]
    public void The_keys_that_a_request_loads_are_those_of_the_shape_and_all_where_it_extends_another()
    {
        Assert.Equal(["base.Lines", "base.Visits", "base.Rank"], NamesOf<MemberSession>()!);
        Assert.Null(NamesOf<VipSession>());
        Assert.Superset(new HashSet<string> { "cart.CustomerName", "customer", "client", "cart.Secret" }, new HashSet<string>(NamesOf<CartSession>()!));
    }

    private static IReadOnlyCollection<string>? NamesOf<TShape>() where TShape : class, ISessionShape<TShape> => TShape.KeyNames;
}
