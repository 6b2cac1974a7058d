namespace Sessions.Tests;

public sealed class PostgresSessionStoreTests(PostgresDatabase database) : DatabaseSessionStoreTests(database), IClassFixture<PostgresDatabase>;
