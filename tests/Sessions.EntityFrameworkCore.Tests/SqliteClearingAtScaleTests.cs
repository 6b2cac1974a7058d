namespace Sessions.Tests;

[Collection(typeof(Alone))]
public sealed class SqliteClearingAtScaleTests(SqliteDatabase database) : ClearingAtScaleTests(database, Seed), IClassFixture<SqliteDatabase>
{
    private const string Seed =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})
        INSERT INTO Sessions (Id, Data, Version, CreatedAt, ExpiresAt)
        SELECT 'v1.' || lower(hex(randomblob(32))), randomblob(200), 1, datetime('now'),
            datetime('now', CASE WHEN i <= {1} THEN (-1 - i / 100) || ' seconds' ELSE '+1 day' END)
        FROM n
        """;
}
