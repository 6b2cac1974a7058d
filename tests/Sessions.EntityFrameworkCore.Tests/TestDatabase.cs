using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A database of its own for the tests that use it.</summary>
public abstract class TestDatabase
{
    public abstract void Configure(DbContextOptionsBuilder options);

    public void AddTo(IServiceCollection services) => services.AddDbContext<ShopContext>(Configure);

    public ShopContext NewContext()
    {
        var options = new DbContextOptionsBuilder<ShopContext>();
        Configure(options);
        return new ShopContext(options.Options);
    }

    /// <summary>Makes the tables, or empties that of sessions.</summary>
    public async Task CreateAsync()
    {
        await using var context = NewContext();
        await context.Database.EnsureCreatedAsync();
        await context.Sessions.ExecuteDeleteAsync();
    }
}
