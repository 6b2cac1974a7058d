using Microsoft.EntityFrameworkCore;

namespace Sessions.Load;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}

internal static class DatabaseKinds
{
    public static DbContextOptionsBuilder Use(this DatabaseKind kind, DbContextOptionsBuilder options, Place place) =>
        kind == DatabaseKind.Sqlite ? options.UseSqlite($"Data Source={place.SqliteFile}") : options.UseNpgsql(place.Postgres);
}
