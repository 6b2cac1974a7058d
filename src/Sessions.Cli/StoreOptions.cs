using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Sessions;

/// <summary>Which store a command works on: the one option, or without any the one environment variable that is set.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> _table = new("--table") { Description = "The table of a database", DefaultValueFactory = _ => "Sessions" };
    private readonly Option<string?> _schema = new("--schema") { Description = "The table's schema; only in PostgreSQL" };
    private readonly Option<string> _keyPrefix = new("--key-prefix") { Description = "What the keys of Redis begin with", DefaultValueFactory = _ => "sessions:" };
    private readonly StoreOption[] _stores;

    public StoreOptions() => _stores =
    [
        new("sqlite", "file or connection string", "A SQLite database") { Register = UseSqlite, Details = [_table] },
        new("postgres", "connection string", "A PostgreSQL database") { Register = UsePostgres, Details = [_table, _schema] },
        new("redis", "configuration", "Redis servers, as StackExchange.Redis writes them") { Register = UseRedis, Details = [_keyPrefix] },
        new("files", "directory", "The directory of the file store") { Register = UseFiles },
    ];

    private IEnumerable<Option> Details => _stores.SelectMany(store => store.Details).Distinct();

    public void AddTo(Command command)
    {
        foreach (var option in _stores.Concat(Details))
            command.Add(option);
    }

    /// <summary>Makes the services of the store that is named.</summary>
    /// <exception cref="UsageException">Not exactly one is named, or what names it cannot be read.</exception>
    public ServiceProvider Open(ParseResult result, Shell shell)
    {
        var named = _stores.Where(store => result.GetResult(store) is not null).ToList();
        var store = One(named) ?? One([.. _stores.Where(store => !string.IsNullOrEmpty(shell.Variable(store.Variable)))])
            ?? throw new UsageException($"Name a store by {Join(_stores.Select(store => store.Name))}, or set {Join(_stores.Select(store => store.Variable))}.");
        if (Details.Except(store.Details).FirstOrDefault(detail => result.GetResult(detail) is { Implicit: false }) is { } foreign)
            throw new UsageException($"{foreign.Name} says nothing about {store.Name}.");

        var services = new ServiceCollection();
        try
        {
            var value = named.Count > 0 ? result.GetValue(store) : shell.Variable(store.Variable);
            ArgumentException.ThrowIfNullOrEmpty(value);
            store.Register(services.AddTypedSessions(), value, result);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new UsageException($"The {store.HelpName} of {store.Name} cannot be read.");   // its message may repeat a part of it
        }

        return services.BuildServiceProvider();
    }

    private static StoreOption? One(List<StoreOption> stores) => stores.Count <= 1 ? stores.SingleOrDefault() : throw new UsageException(
        $"There must be one store, not {string.Join(" and ", stores.Select(store => $"{store.Name} ({store.Variable})"))}.");

    private static string Join(IEnumerable<string> names) => string.Join(" or ", names);

    private void UseSqlite(SessionsBuilder sessions, string value, ParseResult result)
    {
        var connection = !File.Exists(value) && value.Contains('=', StringComparison.Ordinal)
            ? new SqliteConnectionStringBuilder(value)
            : new SqliteConnectionStringBuilder { DataSource = value };
        if (connection.Mode == SqliteOpenMode.ReadWriteCreate)
            connection.Mode = SqliteOpenMode.ReadWrite;   // a name with a typing error makes no file
        UseDatabase(sessions, result, options => options.UseSqlite(connection.ToString()));
    }

    private void UsePostgres(SessionsBuilder sessions, string value, ParseResult result)
    {
        var connection = new NpgsqlConnectionStringBuilder(value).ToString();
        UseDatabase(sessions, result, options => options.UseNpgsql(connection));
    }

    private void UseDatabase(SessionsBuilder sessions, ParseResult result, Action<DbContextOptionsBuilder> use)
    {
        sessions.Services.AddSingleton(new SessionTable(result.GetValue(_table)!, result.GetValue(_schema)));
        sessions.Services.AddDbContext<SessionsContext>(options =>
        {
            use(options);
            options.ReplaceService<IModelCacheKeyFactory, SessionTableCacheKeyFactory>();
        });
        sessions.StoreInDatabase<SessionsContext>();
    }

    private void UseRedis(SessionsBuilder sessions, string value, ParseResult result)
    {
        ConfigurationOptions.Parse(value);   // here, where an error is one of usage
        sessions.StoreInRedis(value, options => options.KeyPrefix = result.GetValue(_keyPrefix)!);
    }

    private static void UseFiles(SessionsBuilder sessions, string value, ParseResult result) =>
        sessions.StoreInFiles(Directory.Exists(value) ? value : throw new DirectoryNotFoundException("There is no such directory."));
}
