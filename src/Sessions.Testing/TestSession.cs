using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Sessions;

/// <summary>
/// A session in memory, for unit tests of what takes a session or a shape: loaded, with a clock that stands still until the test moves it.
/// </summary>
/// <example>
/// <code>
/// var test = TestSession.Create();
/// var page = new CartModel(test.As&lt;CartSession&gt;());
/// page.OnPostAdd("tea");
/// await test.NextRequestAsync();
/// Assert.Equal(["tea"], test.As&lt;CartSession&gt;().Lines);
/// </code>
/// </example>
public sealed class TestSession
{
    private readonly SessionManager _manager;

    private TestSession(SessionManager manager, FakeTimeProvider time)
    {
        _manager = manager;
        Time = time;
        Session = manager.Create();
    }

    /// <summary>The session of the current request: a new one until <see cref="NextRequestAsync"/>.</summary>
    public Session Session { get; private set; }

    /// <summary>The session's clock. It stands still: set it, or advance it.</summary>
    /// <value>The beginning of the year 2000, in UTC.</value>
    public FakeTimeProvider Time { get; }

    /// <summary>Begins a session without entries.</summary>
    /// <param name="configure">Changes the options; by default a value that was changed in place and not saved is an error
    /// (<see cref="NestedMutations.Throw"/>).</param>
    public static TestSession Create(Action<TypedSessionOptions>? configure = null)
    {
        var time = new FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddTypedSessions(options =>
        {
            options.NestedMutations = NestedMutations.Throw;
            configure?.Invoke(options);
        });
        return new TestSession(services.BuildServiceProvider().GetRequiredService<SessionManager>(), time);
    }

    /// <summary>The session, wherever one is asked for.</summary>
    public static implicit operator Session(TestSession test) => test.ToSession();

    /// <summary>The session.</summary>
    public Session ToSession() => Session;

    /// <summary>The session through a shape.</summary>
    /// <typeparam name="TShape">The shape.</typeparam>
    public TShape As<TShape>()
        where TShape : class, ISessionShape<TShape> => TShape.Create(Session);

    /// <summary>
    /// Ends the request and begins the visitor's next one: saves the session and opens it again. One that was flushed, never written or
    /// has expired begins anew.
    /// </summary>
    /// <exception cref="SessionInterruptedException">The session was ended meanwhile.</exception>
    public async Task NextRequestAsync()
    {
        await Session.SaveAsync();
        var id = Session.IsEmpty ? null : Session.Id;
        Session = (id is null ? null : await _manager.OpenAsync(id.Value)) ?? _manager.Create();
    }
}
