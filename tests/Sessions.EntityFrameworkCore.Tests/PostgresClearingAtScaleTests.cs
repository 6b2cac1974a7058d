namespace Sessions.Tests;

[Collection(typeof(Alone))]
public sealed class PostgresClearingAtScaleTests(PostgresDatabase database) : ClearingAtScaleTests(database, Seed), IClassFixture<PostgresDatabase>
{
    private const string Seed =
        """
        INSERT INTO "Sessions" ("Id", "Data", "Version", "CreatedAt", "ExpiresAt")
        SELECT 'v1.' || encode(sha256(i::text::bytea), 'hex'), decode(repeat(md5(i::text), 12), 'hex'), 1, now(),
            now() + CASE WHEN i <= {1} THEN (-1 - i / 100) * interval '1 second' ELSE interval '1 day' END
        FROM generate_series(1, {0}) AS i
        """;
}
