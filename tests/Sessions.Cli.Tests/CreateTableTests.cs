using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

public sealed class CreateTableTests(SharedPostgres postgres) : IDisposable
{
    private readonly SqliteFile _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_statements_are_those_of_EF()
    {
        await AssertScriptAsync(options => options.UseSqlite(), "--sqlite", _database.Path);
        await AssertScriptAsync(options => options.UseNpgsql(), "--postgres", "Host=nowhere");
        Assert.False(File.Exists(_database.Path));

        static async Task AssertScriptAsync(Action<DbContextOptionsBuilder> use, params string[] store)
        {
            var options = new DbContextOptionsBuilder<SiteContext>();
            use(options);
            await using var context = new SiteContext(options.Options);
            Assert.Equal(new ToolRun(ExitCode.Done, context.Database.GenerateCreateScript(), ""), await Tool.RunAsync(["create-table", .. store]));
        }
    }

    [Fact]
    public async Task Names_are_quoted()
    {
        var script = (await Tool.RunAsync("create-table", "--postgres", "Host=nowhere", "--schema", "shop", "--table", "a\"; --")).Output;
        Assert.Contains("CREATE SCHEMA shop", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE shop.\"a\"\"; --\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_table_is_created_once_in_SQLite() => AssertCreatedOnceAsync("--sqlite", _database.Path);

    [Fact]
    public async Task The_table_is_created_once_in_PostgreSQL()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await AssertCreatedOnceAsync("--postgres", connection);
        await AssertCreatedOnceAsync("--postgres", connection, "--table", "a\"b.c");
        await AssertCreatedOnceAsync("--postgres", connection, "--schema", "Shop's");
    }

    [Fact]
    public async Task The_table_is_created_beside_the_tables_of_the_application()
    {
        await Tool.RunAsync("create-table", "--execute", "--sqlite", _database.Path, "--table", "Products");
        await AssertCreatedOnceAsync("--sqlite", _database.Path);
    }

    [Fact]
    public async Task The_files_need_no_table()
    {
        var run = await Tool.RunAsync("create-table", "--files", Path.GetTempPath());
        Assert.Equal(new ToolRun(ExitCode.WrongUsage, "", "Only a database has a table to create." + Environment.NewLine), run);
    }

    [Fact]
    public async Task Without_a_table_a_command_says_so()
    {
        await Tool.RunAsync("create-table", "--execute", "--sqlite", _database.Path, "--table", "Visits");
        var run = await Tool.RunAsync("list", "--sqlite", _database.Path);
        Assert.Equal(ExitCode.StoreError, run.ExitCode);
        Assert.Contains("no such table: Sessions", run.Error, StringComparison.Ordinal);
    }

    // A table that works is one that sessions can be kept in.
    private static async Task AssertCreatedOnceAsync(params string[] store)
    {
        Assert.Equal(new ToolRun(ExitCode.Done, "Created." + Environment.NewLine, ""), await Tool.RunAsync(["create-table", "--execute", .. store]));
        Assert.Equal("[]" + Environment.NewLine, (await Tool.RunAsync(["list", "--json", .. store])).Output);
        var again = await Tool.RunAsync(["create-table", "--execute", .. store]);
        Assert.Equal(new ToolRun(ExitCode.Done, "There already is such a table; it was left as it is." + Environment.NewLine, ""), again);
    }
}
