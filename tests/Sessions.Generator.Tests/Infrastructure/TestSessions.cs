using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>New sessions of an application that has the shapes of this assembly.</summary>
internal static class TestSessions
{
    private static readonly ServiceProvider Services =
        new ServiceCollection().AddLogging().AddTypedSessions().AddSessionShapes().Services.BuildServiceProvider();

    public static SessionManager Manager => Services.GetRequiredService<SessionManager>();

    public static Session Create() => Manager.Create();
}
