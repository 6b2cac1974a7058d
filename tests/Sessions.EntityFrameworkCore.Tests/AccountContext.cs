using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

public sealed class AccountContext(DbContextOptions<AccountContext> options) : DbContext(options)
{
    public DbSet<AccountSession> Sessions => Set<AccountSession>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions<AccountSession>();
}
