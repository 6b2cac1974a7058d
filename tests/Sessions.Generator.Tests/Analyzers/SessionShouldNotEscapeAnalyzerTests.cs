using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class SessionShouldNotEscapeAnalyzerTests
{
    private const string Shape = """

        [SessionShape] public partial class CartSession { public partial int Visits { get; set; } }
        """;

    [Fact]
    public Task A_collection_of_itself_or_of_sessions_is_looked_through() => Verify("""
        public static class Holder
        {
            public static Tree? Tree;
            public static ILookup<string, Session>? [|Lookup|];
            public static Carts? [|Carts|];
            public static Dictionary<Session, int>? Counts;
        }

        public abstract class Tree : IEnumerable<Tree>
        {
            public abstract IEnumerator<Tree> GetEnumerator();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed class Carts : List<CartSession>;
        """);

    [Fact]
    public Task A_static_that_holds_a_session_is_reported_where_it_is_declared_or_set() => Verify("""
        internal static class Holder
        {
            private static Session? [|_session|];
            private static CartSession? [|Cart|] { get; set; }
            public static readonly Dictionary<string, List<CartSession>> [|All|] = [];
            private static readonly Lazy<CartSession> [|Late|] = new(() => null!);
            private static object? _anything;
            private static object? Anything { get; set; }
            private static readonly Func<Session, int> Read = static session => session.Count;
            private static readonly SessionKey<int> Key = new("a");
            private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<HttpContext, CartSession> Weak = [];
            public static Session Current(HttpContext context) => context.GetSession();
            public static CartSession Computed => new(null!);

            public static void Run(Session session, CartSession cart)
            {
                _session = session;
                Cart = cart;
                _anything = [|session|];
                Anything ??= [|cart|];
                _anything = cart.Visits;
                _ = (_session, Cart, All, Late, _anything, Anything, Read, Key, Weak);
            }
        }
        """);

    [Fact]
    public Task A_session_that_other_threads_are_given_is_reported() => Verify("""
        internal sealed class Uses(CartSession held)
        {
            private readonly Session _session = held.Session;

            public async Task Run(Session session, CartSession cart, HttpContext context, TimeProvider time)
            {
                _ = Task.Run(() => [|cart|].Visits++);
                _ = Task.Run(async () => { await Task.Yield(); [|session|].Set("a", 1); session.Set("b", 2); });
                _ = Task.Run(Refresh);
                _ = Task.Run([|session|].Clear);
                await Task.Run(() => { Use([|held|]); });
                await Task.Factory.StartNew(() => [|_session|].Count, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);
                await Task.Factory.StartNew(static state => Use(state), [|cart|], CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);
                ThreadPool.QueueUserWorkItem(_ => Use([|context.GetSession()|]));
                ThreadPool.QueueUserWorkItem(static state => Use(state), [|session|]);
                new Thread(() => Use([|session|])).Start();
                new Thread(static state => Use(state)).Start([|session|]);
                using var timer = new Timer(_ => Use([|cart|]), null, 0, 1);
                using var other = new Timer(static state => Use(state), [|cart|], 0, 1);
                using var third = time.CreateTimer(_ => Use([|cart|]), null, TimeSpan.Zero, TimeSpan.Zero);
                using var fourth = new System.Timers.Timer();
                fourth.Elapsed += (_, _) => Use([|cart|]);
                _ = SaveAsync([|session|]);
                _ = session.LoadAsync([|default|]).AsTask() is null ? null : Task.CompletedTask;
                Later([|cart|]);
                void Refresh() => Use([|cart|]);
            }

            private static void Use(object? value) => _ = value;
            private static Task SaveAsync(Session session) => session.SaveAsync().AsTask();
            private static async void Later(CartSession cart) { await Task.Yield(); cart.Visits++; }
        }
        """.Replace("[|default|]", "default", StringComparison.Ordinal));

    [Fact]
    public Task Work_that_takes_values_or_a_session_of_its_own_is_fine() => Verify("""
        internal sealed class Uses(SessionManager manager, IServiceProvider services)
        {
            public async Task Run(Session session, CartSession cart, SessionId id)
            {
                var visits = cart.Visits;
                _ = Task.Run(() => Use(visits));
                _ = Task.Run(async () => { var own = await manager.OpenAsync(id); own?.Set("a", 1); });
                _ = Task.Run(() => { var own = manager.Create(); own.Set("a", 1); });
                _ = Task.Run(() => { using var scope = services.CreateScope(); scope.ServiceProvider.GetRequiredService<CartSession>().Visits++; });
                _ = Task.Run(() => Use(nameof(cart)));
                await SaveAsync(session);
                var task = SaveAsync(session);
                await Task.WhenAll(task, SaveAsync(session));
                await cart.Session.SaveAsync();
                List<int> numbers = [1, 2];
                numbers.ForEach(number => cart.Visits += number);
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (await timer.WaitForNextTickAsync())
                    cart.Visits++;
            }

            private static void Use(object? value) => _ = value;
            private static Task SaveAsync(Session session) => session.SaveAsync().AsTask();
        }
        """);

    [Fact]
    public Task What_lives_as_long_as_the_application_must_not_take_one() => Verify("""
        using Microsoft.Extensions.DependencyInjection.Extensions;
        using Microsoft.Extensions.Hosting;

        internal static class Start
        {
            public static void Run(IServiceCollection services)
            {
                services.AddSingleton<One>();
                services.AddSingleton<IService, Two>();
                services.TryAddSingleton(typeof(Three));
                services.AddSingleton(typeof(IService), typeof(Four));
                services.AddKeyedSingleton<Five>("key");
                services.AddSingleton(provider => new Six([|provider.GetRequiredService<CartSession>()|]));
                [|services.AddSingleton<CartSession>()|];
                services.AddHostedService<Worker>();
                services.AddScoped<Scoped>();
                services.AddTransient<Transient>();
                services.AddSingleton<Fine>();
            }
        }

        internal interface IService;
        internal sealed class One(CartSession [|cart|]) { private readonly CartSession _cart = cart; public int Visits => _cart.Visits; }
        internal sealed class Two : IService { public Two(int id, Session [|session|]) => Use = session.Count + id; public int Use { get; } }
        internal sealed class Three { private CartSession? [|_cart|]; public void Set(CartSession cart) => _cart = cart; public int Get() => _cart!.Visits; }
        internal sealed class Four : IService { public CartSession? [|Cart|] { get; set; } }
        internal sealed class Five(Lazy<CartSession> [|cart|]) { public int Visits => cart.Value.Visits; }
        internal sealed class Six(CartSession [|cart|]) { public int Visits => cart.Visits; }
        internal sealed class Worker(CartSession [|cart|]) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.FromResult(cart.Visits);
        }

        internal sealed class Middleware(RequestDelegate next, Session [|session|])
        {
            public Task InvokeAsync(HttpContext context, CartSession cart) => session.Count + cart.Visits > 0 ? next(context) : Task.CompletedTask;
        }

        internal sealed class Scoped(CartSession cart) { public int Visits => cart.Visits; }
        internal sealed class Transient(CartSession cart) { private readonly CartSession _cart = cart; public int Visits => _cart.Visits; }
        internal sealed class Fine(Func<CartSession> make) { public int Visits(CartSession cart) => cart.Visits + make().Visits; }
        internal sealed class FineMiddleware(RequestDelegate next) { public Task InvokeAsync(HttpContext context, CartSession cart) => next(context); }
        internal sealed class Factory(CartSession cart) : IMiddleware { public Task InvokeAsync(HttpContext context, RequestDelegate next) => next(context); public int Visits => cart.Visits; }
        internal sealed class FineWorker(IServiceScopeFactory scopes) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CartSession>().Visits++;
            }
        }
        """);

    private static async Task Verify(string markup) => await AnalyzerTest<SessionShouldNotEscapeAnalyzer>.VerifyValid(markup + Shape);
}
