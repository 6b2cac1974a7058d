using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sessions;

/// <summary>The table of sessions in a model.</summary>
public static class ModelBuilderExtensions
{
    private const int MaxIdLength = 80;

    /// <summary>Adds the table <c>Sessions</c>. Call it in <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddSessions(this ModelBuilder modelBuilder) => modelBuilder.AddSessions<SessionEntity>();

    /// <summary>Adds the table <c>Sessions</c> with an entity of one's own.</summary>
    public static ModelBuilder AddSessions<TSession>(this ModelBuilder modelBuilder)
        where TSession : SessionEntity
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<TSession>(Configure);
        return modelBuilder;
    }

    private static void Configure<TSession>(EntityTypeBuilder<TSession> session)
        where TSession : SessionEntity
    {
        session.ToTable("Sessions");
        session.HasKey(row => row.Id);
        session.Property(row => row.Id).HasMaxLength(MaxIdLength).IsUnicode(false).ValueGeneratedNever();
        session.Property(row => row.Data).IsRequired();
        session.Property(row => row.Version).IsConcurrencyToken();

        // Providers without time zones give back a DateTime of unspecified kind.
        session.Property(row => row.ExpiresAt).HasConversion(at => at, at => DateTime.SpecifyKind(at, DateTimeKind.Utc));
        session.Property(row => row.CreatedAt).HasConversion(at => at, at => DateTime.SpecifyKind(at, DateTimeKind.Utc));

        // With the id, what has expired is found in the index alone.
        session.HasIndex(row => new { row.ExpiresAt, row.Id });
    }
}
