using System.Text.Json;
using Npgsql;

namespace Sessions.Load;

/// <summary>The limit of PostgreSQL: the same statements with no mapper between.</summary>
internal sealed class BareNpgsql : Contender
{
    private const string Select = "SELECT data, version, created_at, expires_at FROM visitors WHERE id = $1 AND expires_at > $2";
    private const string Update = "UPDATE visitors SET data = $1, version = $2, expires_at = $3 WHERE id = $4 AND version = $5 AND expires_at > $6";
    private const string Insert = "INSERT INTO visitors (id, data, version, created_at, expires_at) VALUES ($1, $2, 1, $3, $4)";
    private const string Table = """
        CREATE TABLE visitors (id varchar(128) PRIMARY KEY, data bytea NOT NULL, version bigint NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
        CREATE INDEX ON visitors (expires_at)
        """;

    private NpgsqlDataSource _source = null!;

    public override string Name => "Npgsql";

    public override bool NeedsPostgres => true;

    public override void AddServices(IServiceCollection services, Place place)
    {
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(place.Postgres) { MaxAutoPrepare = 10 });
        services.AddSingleton(_source);
    }

    public override Task PrepareAsync(IServiceProvider services) => ExecuteAsync(Table);

    public override void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", async (HttpContext context, int kilobytes) =>
        {
            await InsertAsync(context, new Visitor { Large = new string('x', kilobytes * 1024) });
            return "seeded";
        });
        app.MapGet("/read", async (HttpContext context) =>
        {
            var (visitor, _) = await FindAsync(context);
            return Visitor.Describe(visitor.Number, visitor.Name, visitor.Basket);
        });
        app.MapGet("/write", async (HttpContext context) =>
        {
            var (visitor, version) = await FindAsync(context);
            visitor.Number++;
            var now = DateTime.UtcNow;
            var updated = await ExecuteAsync(Update, JsonSerializer.SerializeToUtf8Bytes(visitor), version + 1, now + VisitorCookie.Age, VisitorCookie.Find(context), version, now);
            VisitorCookie.Renew(context, VisitorCookie.Find(context));
            return updated == 1 ? $"{visitor.Number}" : "overtaken";
        });
        app.MapGet("/new", async (HttpContext context) =>
        {
            await InsertAsync(context, new Visitor { Number = 1 });
            return $"{1}";
        });
        app.MapGet("/small", async (HttpContext context) => $"{(await FindAsync(context)).Visitor.Number}");
    }

    private async Task<(Visitor Visitor, long Version)> FindAsync(HttpContext context)
    {
        StoreCalls.Add();
        await using var command = _source.CreateCommand(Select);
        command.Parameters.Add(new() { Value = VisitorCookie.Find(context) });
        command.Parameters.Add(new() { Value = DateTime.UtcNow });
        await using var reader = await command.ExecuteReaderAsync(context.RequestAborted);
        await reader.ReadAsync(context.RequestAborted);
        return (JsonSerializer.Deserialize<Visitor>(await reader.GetFieldValueAsync<byte[]>(0))!, await reader.GetFieldValueAsync<long>(1));
    }

    private Task<int> InsertAsync(HttpContext context, Visitor visitor)
    {
        var now = DateTime.UtcNow;
        return ExecuteAsync(Insert, VisitorCookie.Give(context), JsonSerializer.SerializeToUtf8Bytes(visitor), now, now + VisitorCookie.Age);
    }

    private async Task<int> ExecuteAsync(string statement, params object[] values)
    {
        StoreCalls.Add();
        await using var command = _source.CreateCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    }
}
