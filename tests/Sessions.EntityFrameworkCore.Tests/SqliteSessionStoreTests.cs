namespace Sessions.Tests;

public sealed class SqliteSessionStoreTests(SqliteDatabase database) : DatabaseSessionStoreTests(database), IClassFixture<SqliteDatabase>;
