using Microsoft.EntityFrameworkCore;

namespace Sessions.Capacity;

internal sealed class CapacityContext(DbContextOptions<CapacityContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
}
