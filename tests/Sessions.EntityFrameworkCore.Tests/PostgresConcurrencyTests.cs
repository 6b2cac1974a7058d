namespace Sessions.Tests;

public sealed class PostgresConcurrencyTests(PostgresDatabase database) : DatabaseConcurrencyTests(database), IClassFixture<PostgresDatabase>;
