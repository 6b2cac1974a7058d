using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class SessionDefaultsTests
{
    [Fact]
    public void The_defaults_are_as_documented()
    {
        var options = Build(services => services.AddTypedSessions());

        Assert.Equal(TimeSpan.FromDays(14), options.CookieAge);
        Assert.False(options.ExpireAtBrowserClose);
        Assert.False(options.SaveEveryRequest);
        Assert.Null(options.AbsoluteTimeout);
        Assert.Equal(NestedMutations.Ignore, options.NestedMutations);
        Assert.Equal(1_048_576, options.MaxPayloadBytes);
        Assert.True(options.HashIdsAtRest);
        Assert.Equal(TimeSpan.FromSeconds(30), options.IoTimeout);
        Assert.IsType<JsonSessionSerializer>(options.Serializer);
        Assert.Null(options.Store);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Options_count_whether_they_are_configured_before_or_after_sessions_are_added(bool before)
    {
        var options = Build(services =>
        {
            if (before)
                Configure(services);
            services.AddTypedSessions();
            if (!before)
                Configure(services);
        });

        Assert.Equal(NestedMutations.Throw, options.NestedMutations);
        Assert.Equal(TimeSpan.FromDays(1), options.CookieAge);

        static void Configure(IServiceCollection services) => services.Configure<TypedSessionOptions>(options =>
        {
            options.NestedMutations = NestedMutations.Throw;
            options.CookieAge = TimeSpan.FromDays(1);
        });
    }

    [Fact]
    public void A_time_limit_that_no_timer_can_hold_is_refused()
    {
        var error = Assert.Throws<OptionsValidationException>(() =>
            Build(services => services.AddTypedSessions(options => options.IoTimeout = TimeSpan.MaxValue)));

        Assert.Contains("IoTimeout", error.Message, StringComparison.Ordinal);
    }

    private static TypedSessionOptions Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TypedSessionOptions>>().Value;
    }
}
