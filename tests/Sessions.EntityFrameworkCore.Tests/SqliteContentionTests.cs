using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

public sealed class SqliteContentionTests(SqliteDatabase database) : ContentionTests(database), IClassFixture<SqliteDatabase>
{
    private readonly SqliteDatabase _database = database;

    [Fact]
    public async Task A_session_that_others_save_again_and_again_is_given_up_in_bounds()
    {
        var id = (await App.GetAsync("/count")).Id!;
        await using var context = _database.NewContext();
        await context.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER busy BEFORE UPDATE ON Sessions BEGIN SELECT RAISE(IGNORE); END", TestContext.Current.CancellationToken);

        var answer = await App.GetAsync("/count", id);

        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER busy", TestContext.Current.CancellationToken);
        Assert.Equal(500, answer.Status);
        Assert.Contains(App.Logs.GetSnapshot(), record => record.Exception is SessionStoreException);
    }

    protected override void ConfigureImpatient(DbContextOptionsBuilder options) => options.UseSqlite(_database.ConnectionString + ";Default Timeout=1");
}
