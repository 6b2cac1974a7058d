[assembly: AssemblyFixture(typeof(Sessions.Tests.SharedPostgres))]
[assembly: AssemblyFixture(typeof(Sessions.Tests.SharedRedis))]
