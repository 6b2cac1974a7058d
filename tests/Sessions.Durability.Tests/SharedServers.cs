[assembly: AssemblyFixture(typeof(Sessions.Tests.SharedPostgres))]
