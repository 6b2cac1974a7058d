namespace Sessions.Tests;

public sealed class RedisClusterSessionStoreTests(RedisCluster cluster)
    : RedisSessionStoreContract(cluster.ConnectionString), IClassFixture<RedisCluster>;
