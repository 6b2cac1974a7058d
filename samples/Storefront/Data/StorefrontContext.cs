using Microsoft.EntityFrameworkCore;

namespace Storefront.Data;

/// <summary>The application's database. Sessions are one more table of it.</summary>
public sealed class StorefrontContext(DbContextOptions<StorefrontContext> options) : DbContext(options)
{
    /// <summary>What visitors wrote.</summary>
    public DbSet<Comment> Comments => Set<Comment>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
