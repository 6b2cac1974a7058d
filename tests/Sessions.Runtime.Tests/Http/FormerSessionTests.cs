using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Sessions.Tests.Http;

/// <summary>What <c>AddSession()</c> kept is there after the move, once.</summary>
public sealed class FormerSessionTests : IAsyncLifetime
{
    private const string FormerCookie = ".AspNetCore.Session";

    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly ShopVisitor _visitor = new();

    // A visitor of the shop before it moved.
    public async ValueTask InitializeAsync()
    {
        await using var former = await ShopApp.StartFormerAsync(_cache, _protection);
        await _visitor.SendAsync(former, "GET index");
        await _visitor.SendAsync(former, "POST add?product=tea&quantity=2");
        Assert.Equal([FormerCookie], _visitor.Cookies);
    }

    public ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        return default;
    }

    [Fact]
    public async Task A_visitor_finds_the_cart_and_the_message_and_gets_the_new_cookie_for_the_old()
    {
        await using var shop = await ShopApp.StartOverFormerAsync(_cache, _protection);

        Assert.Equal("200  visit 2: tea is in the cart", await _visitor.SendAsync(shop, "GET index"));
        Assert.Equal(["sessionid"], _visitor.Cookies);
        Assert.Equal("200  visit 3: ", await _visitor.SendAsync(shop, "GET index"));
        Assert.Equal("200  {\"tea\":2}", await _visitor.SendAsync(shop, "GET cart"));
    }

    [Fact]
    public async Task A_request_that_fails_loses_nothing()
    {
        await using var shop = await ShopApp.StartOverFormerAsync(_cache, _protection);

        Assert.StartsWith("500 ", await _visitor.SendAsync(shop, "GET fail"), StringComparison.Ordinal);

        Assert.Equal("200  {\"tea\":2}", await _visitor.SendAsync(shop, "GET cart"));
    }

    [Fact]
    public async Task A_cookie_that_does_not_open_begins_anew()
    {
        await using var elsewhere = await ShopApp.StartOverFormerAsync(_cache, new EphemeralDataProtectionProvider());

        Assert.Equal("200  ", await _visitor.SendAsync(elsewhere, "GET keys"));
        Assert.Empty(_visitor.Cookies);
    }

    [Fact]
    public async Task A_session_beyond_the_limits_begins_anew_and_fails_no_request()
    {
        await using var shop = await ShopApp.StartOverFormerAsync(_cache, _protection, options => options.MaxPayloadBytes = 20);

        Assert.Equal("200  ", await _visitor.SendAsync(shop, "GET keys"));
        Assert.Empty(_visitor.Cookies);
    }

    [Fact]
    public async Task A_visitor_without_the_old_cookie_gets_none()
    {
        await using var shop = await ShopApp.StartOverFormerAsync(_cache, _protection);
        using var visitor = new ShopVisitor();

        Assert.Equal("200  ", await visitor.SendAsync(shop, "GET keys"));

        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task Without_AddSession_the_error_says_so()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.UseFormerSessions());

        Assert.Contains("AddSession()", error.Message, StringComparison.Ordinal);
    }
}
