namespace Sessions.Tests;

public sealed class SqliteAccountSessionTests(SqliteDatabase database) : AccountSessionTests(database), IClassFixture<SqliteDatabase>;
