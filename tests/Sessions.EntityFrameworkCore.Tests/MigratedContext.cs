using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

/// <summary>A context whose tables come from migrations.</summary>
public sealed class MigratedContext(DbContextOptions<MigratedContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
