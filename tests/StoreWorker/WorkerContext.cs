using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

internal sealed class WorkerContext(DbContextOptions<WorkerContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
