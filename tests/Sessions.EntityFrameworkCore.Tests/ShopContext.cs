using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

/// <summary>An application's context, with a table of sessions beside its own.</summary>
public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<SessionEntity> Sessions => Set<SessionEntity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
