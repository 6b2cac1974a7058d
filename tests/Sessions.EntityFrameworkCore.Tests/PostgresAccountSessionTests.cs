namespace Sessions.Tests;

public sealed class PostgresAccountSessionTests(PostgresDatabase database) : AccountSessionTests(database), IClassFixture<PostgresDatabase>;
