using System.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A row or a database that somebody else has locked for too long is an error, and the session stays as it is.</summary>
public abstract class ContentionTests(TestDatabase database) : IAsyncLifetime
{
    private protected TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await database.CreateAsync();
        App = await TestApp.StartAsync(Map, sessions: sessions =>
        {
            sessions.Services.AddDbContext<ShopContext>(ConfigureImpatient);
            sessions.StoreInDatabase<ShopContext>();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("/count")]
    [InlineData("/sign-in")]
    [InlineData("/flush")]
    public async Task A_lock_that_is_held_too_long_fails_the_request(string path)
    {
        var id = (await App.GetAsync("/count")).Id!;
        await using (var context = database.NewContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, TestContext.Current.CancellationToken);
            await context.Sessions.ExecuteUpdateAsync(row => row.SetProperty(r => r.Version, r => r.Version), TestContext.Current.CancellationToken);

            var answer = await App.GetAsync(path, id);

            Assert.True(answer.Status is 500 or 503);   // as the provider says whether it may be tried again
            Assert.Empty(answer.SetCookies);
            var errors = App.Logs.GetSnapshot().Select(record => record.Exception).OfType<Exception>().ToList();
            Assert.NotEmpty(errors);
            Assert.All(errors, error => Assert.Contains("lock", error.GetBaseException().Message, StringComparison.Ordinal));
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("2", (await App.GetAsync("/count", id)).Body);
    }

    /// <summary>Waits for a lock only shortly.</summary>
    protected abstract void ConfigureImpatient(DbContextOptionsBuilder options);

    private static void Map(WebApplication app)
    {
        app.MapGet("/count", (HttpContext context) =>
        {
            var count = context.GetSession().Get<int>("count") + 1;
            context.GetSession().Set("count", count);
            return $"{count}";
        });
        app.MapGet("/sign-in", (HttpContext context) => context.GetSession().CycleId());
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
    }
}
