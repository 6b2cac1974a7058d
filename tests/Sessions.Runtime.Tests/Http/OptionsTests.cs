using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sessions.Tests.Http;

/// <summary>Options from code and configuration, and what is refused at start.</summary>
public sealed class OptionsTests
{
    public static TheoryData<string, Action<TypedSessionOptions>> Refused => new()
    {
        { "CookieAge", options => options.CookieAge = TimeSpan.Zero },
        { "AbsoluteTimeout", options => options.AbsoluteTimeout = TimeSpan.FromSeconds(-1) },
        { "MaxPayloadBytes", options => options.MaxPayloadBytes = 0 },
        { "IoTimeout", options => options.IoTimeout = TimeSpan.Zero },
        { "Serializer", options => options.Serializer = null! },
        { "Cookie must be set", options => options.Cookie = null! },
        { "NestedMutations", options => options.NestedMutations = (NestedMutations)9 },
        { "Cookie.Name", options => options.Cookie.Name = "a b" },
        { "SecurePolicy", options => options.Cookie.Name = "__Host-id" },
        { "Domain", options => (options.Cookie.Name, options.Cookie.Domain) = ("__Host-id", "example.com") },
        { "Path", options => (options.Cookie.Name, options.Cookie.Path) = ("__Host-id", "/app") },
        { "SecurePolicy", options => options.Cookie.Name = "__Secure-id" },
        { "SameSite", options => options.Cookie.SameSite = SameSiteMode.None },
        { "Partitioned", options => options.Cookie.Extensions.Add("Partitioned") },
        { "SameSite", options => options.Cookie.SameSite = (SameSiteMode)9 },
        { "SecurePolicy", options => options.Cookie.SecurePolicy = (CookieSecurePolicy)9 },
        { "Domain", options => options.Cookie.Domain = "example.com; secure" },
        { "Path", options => options.Cookie.Path = "app" },
        { "Path", options => options.Cookie.Path = "/a\r\nSet-Cookie: b" },
        { "CookieAge", options => options.Cookie.MaxAge = TimeSpan.FromDays(1) },
        { "CookieAge", options => options.Cookie.Expiration = TimeSpan.FromDays(1) },
        { "memory", options => options.Store = "redis" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_work_is_refused_at_start(string named, Action<TypedSessionOptions> configure)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(_ => { }, configure));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_section_sets_options_and_names_the_store()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sessions:Store"] = "Second",
            ["Sessions:CookieAge"] = "01:00:00",
            ["Sessions:SaveEveryRequest"] = "true",
            ["Sessions:Cookie:Name"] = "shop",
            ["Sessions:Cookie:SameSite"] = "Strict",
            ["Sessions:NestedMutations"] = "Throw",
        }).Build();
        var services = new ServiceCollection();
        var second = new CountingStore();
        services.AddTypedSessions(configuration.GetSection("Sessions"))
            .AddStore("second", _ => second)
            .AddStore("first", _ => new ThrowingStore());
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<TypedSessionOptions>>().Value;

        Assert.Equal((TimeSpan.FromHours(1), true, NestedMutations.Throw), (options.CookieAge, options.SaveEveryRequest, options.NestedMutations));
        Assert.Equal(("shop", SameSiteMode.Strict, true), (options.Cookie.Name, options.Cookie.SameSite, options.Cookie.HttpOnly));
        Assert.Same(second, provider.GetRequiredService<ISessionStore>());
    }

    [Theory]
    [InlineData("Development", NestedMutations.Warn)]
    [InlineData("Production", NestedMutations.Ignore)]
    public async Task Nested_mutations_warn_in_development_only(string environment, NestedMutations expected)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Services.AddTypedSessions();
        using var host = builder.Build();

        Assert.Equal(expected, host.Services.GetRequiredService<IOptions<TypedSessionOptions>>().Value.NestedMutations);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task The_middleware_registered_twice_serves_once()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.UseTypedSessions();
            SessionEndpoints.Map(app);
        });

        var answer = await app.GetAsync("/write");

        Assert.Single(answer.SetCookies);
        Assert.Equal("1", (await app.GetAsync("/read", answer.Id)).Body);
    }
}
