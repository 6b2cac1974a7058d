using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Generator.Tests.Infrastructure;
using Sessions.Generator.Tests.Shapes;

namespace Sessions.Generator.Tests;

/// <summary>What generated members do, on a real session.</summary>
public sealed class BehaviourTests
{
    private readonly Session _session = TestSessions.Create();
    private readonly CartSession _cart;

    public BehaviourTests() => _cart = new(_session);

    [Fact]
    public void A_missing_key_reads_as_its_default()
    {
        Assert.Equal(0, _cart.Visits);
        Assert.Null(_cart.Coupon);
        Assert.Equal("blue", _cart.FavColor);
        Assert.Equal(["first"], _cart.Lines);
        Assert.Null(_cart.Since);
        Assert.False(_session.Modified);
        Assert.Empty(_session.Keys);
    }

    [Fact]
    public void A_missing_key_without_a_default_names_itself_and_its_property()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => _cart.CustomerName);
        Assert.Contains("cart.CustomerName", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CartSession.CustomerName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_named_with_the_prefix()
    {
        _cart.Visits = 3;
        _cart.FavColor = "red";
        _cart.WriteSecret(7);
        Assert.Equal(["cart.Secret", "cart.Visits", "cart.fav_color"], _session.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, _session.Get<int>("cart.Visits"));
        Assert.Equal("red", _session.Get(CartSession.Keys.FavColor));
        Assert.Equal(7, _cart.ReadSecret());
        Assert.True(_cart.Modified);
        Assert.Same(_session, _cart.Session);
    }

    [Fact]
    public void Companions_read_and_write_the_same_key()
    {
        Assert.False(_cart.HasVisits);
        Assert.False(_cart.TryGetVisits(out _));
        Assert.Equal(5, _cart.GetVisits(5));
        Assert.Equal(6, _cart.PopVisits(6));
        Assert.Throws<KeyNotFoundException>(() => _cart.PopVisits());
        Assert.Equal(7, _cart.SetDefaultVisits(7));
        Assert.Equal(7, _cart.SetDefaultVisits(8));
        Assert.True(_cart.HasVisits);
        Assert.True(_cart.TryGetVisits(out var value));
        Assert.Equal(7, value);
        Assert.Equal(7, _cart.GetVisits(5));
        Assert.True(_cart.RemoveVisits());
        Assert.False(_cart.RemoveVisits());
        _cart.Visits = 9;
        Assert.Equal(9, _cart.PopVisits());
        Assert.False(_cart.HasVisits);
    }

    [Fact]
    public void A_pop_throws_whatever_the_default() => Assert.Throws<KeyNotFoundException>(() => _cart.PopFavColor());

    [Fact]
    public void Mutate_starts_from_the_default_and_stores_the_result()
    {
        _cart.MutateLines(static lines => lines.Add("second"));
        Assert.Equal(["first", "second"], _session.Get<List<string>>("cart.Lines")!);
    }

    [Fact]
    public void Former_names_have_no_prefix()
    {
        _session.Set("client", "Ann");
        Assert.Equal("Ann", _cart.CustomerName);
        _cart.CustomerName = "Bob";
        Assert.Equal(["cart.CustomerName"], _session.Keys);
    }

    [Fact]
    public void Every_shape_is_a_scoped_service()
    {
        var services = new ServiceCollection().AddTypedSessions().AddSessionShapes().Services;
        var shape = Assert.Single(services, static service => service.ServiceType == typeof(CartSession));
        Assert.Equal(ServiceLifetime.Scoped, shape.Lifetime);
    }

    [Fact]
    public void A_minimal_API_can_bind_it() =>
        Assert.Equal(typeof(ValueTask<CartSession>), typeof(CartSession).GetMethod("BindAsync", [typeof(HttpContext)])!.ReturnType);
}
