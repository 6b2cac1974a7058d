namespace Sessions.Tests;

public sealed class RedisCommandTests : CommandTests
{
    private RedisServer _server = null!;

    private protected override bool KeepsExpired => false;

    private protected override string[] Store => ["--redis", _server.ConnectionString, "--key-prefix", "shop*:"];

    private protected override async Task PrepareAsync() => _server = await RedisServer.StartAsync();

    private protected override void AddTo(SessionsBuilder sessions) =>
        sessions.StoreInRedis(_server.ConnectionString, options => options.KeyPrefix = "shop*:");

    private protected override async Task CleanUpAsync() => await _server.DisposeAsync();
}
