using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

/// <summary>An application's database with its sessions.</summary>
internal sealed class SiteContext(DbContextOptions<SiteContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
