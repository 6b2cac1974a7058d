namespace Sessions.Tests;

public sealed class SqliteConcurrencyTests(SqliteDatabase database) : DatabaseConcurrencyTests(database), IClassFixture<SqliteDatabase>;
