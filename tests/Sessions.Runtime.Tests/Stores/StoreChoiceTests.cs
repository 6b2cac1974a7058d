using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class StoreChoiceTests
{
    [Fact]
    public void Without_a_choice_sessions_are_kept_in_memory()
    {
        Assert.IsType<MemorySessionStore>(Build(sessions => { }));
        Assert.IsType<MemorySessionStore>(Build(sessions => sessions.StoreInMemory()));
    }

    [Fact]
    public void The_store_that_was_added_last_is_taken()
    {
        Assert.IsType<CountingStore>(Build(sessions => Counting(sessions.StoreInMemory())));
        Assert.IsType<MemorySessionStore>(Build(sessions => Counting(sessions).StoreInMemory()));
    }

    [Theory]
    [InlineData("memory", typeof(MemorySessionStore))]
    [InlineData("Memory", typeof(MemorySessionStore))]
    [InlineData("counting", typeof(CountingStore))]
    [InlineData("COUNTING", typeof(CountingStore))]
    public void A_store_that_the_options_name_goes_before_the_order(string name, Type expected) =>
        Assert.IsType(expected, Build(sessions => Counting(sessions), options => options.Store = name));

    [Fact]
    public void A_name_that_is_not_known_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<OptionsValidationException>(
            () => Build(sessions => Counting(sessions), options => options.Store = "redis"));

        Assert.Contains("'redis'", error.Message, StringComparison.Ordinal);
        Assert.Contains("memory", error.Message, StringComparison.Ordinal);
        Assert.Contains("counting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_ones_own_is_made_by_dependency_injection_and_shared()
    {
        var services = new ServiceCollection();
        services.AddTypedSessions().StoreIn<MemorySessionStore>();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<MemorySessionStore>(), provider.GetRequiredService<ISessionStore>());
    }

    private static SessionsBuilder Counting(SessionsBuilder sessions) =>
        sessions.AddStore("counting", provider => new CountingStore(ActivatorUtilities.CreateInstance<MemorySessionStore>(provider)));

    private static ISessionStore Build(Action<SessionsBuilder> choose, Action<TypedSessionOptions>? configure = null)
    {
        var services = new ServiceCollection();
        choose(services.AddTypedSessions(configure));
        return services.BuildServiceProvider().GetRequiredService<ISessionStore>();
    }
}
