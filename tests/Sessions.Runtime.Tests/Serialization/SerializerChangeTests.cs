using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

/// <summary>Another serializer than JSON, and changing it over sessions that are stored.</summary>
public sealed class SerializerChangeTests
{
    private readonly MemorySessionStore _store = new(
        Options.Create(new MemorySessionStoreOptions()), TimeProvider.System, new FakeLogger<MemorySessionStore>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_work_with_another_serializer()
    {
        var (manager, logs) = Application(new MemoryPackSessionSerializer());
        var id = await StoreAsync(manager);

        var session = (await manager.OpenAsync(id, Cancel))!;
        Assert.Equal(5, session.Get<int>("n"));
        Assert.Equal(["tea"], session.Get<PackedBasket>("basket")!.Lines);
        session.Get<PackedBasket>("basket")!.Lines.Add("milk");
        session.Modified = true;
        await session.SaveAsync(Cancel);

        Assert.Equal(["tea", "milk"], (await manager.OpenAsync(id, Cancel))!.Get<PackedBasket>("basket")!.Lines);
        var error = Assert.Throws<SessionValueException>(() => session.Get<string>("basket"));
        Assert.Contains("bytes of MemoryPack", error.Message, StringComparison.Ordinal);
        Assert.Empty(logs.GetSnapshot());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_former_serializer_still_reads_what_it_wrote(bool fromJson)
    {
        ISessionSerializer json = new JsonSessionSerializer(), packed = new MemoryPackSessionSerializer();
        var (old, current) = fromJson ? (json, packed) : (packed, json);
        var id = await StoreAsync(Application(old).Manager);

        var (manager, logs) = Application(current, old);
        var session = (await manager.OpenAsync(id, Cancel))!;
        session.Set("n", session.Get<int>("n") + 1);
        await session.SaveAsync(Cancel);

        // One key is the new serializer's now; the other one is still the old one's, byte for byte.
        var mixed = (await manager.OpenAsync(id, Cancel))!;
        Assert.Equal(6, mixed.Get<int>("n"));
        Assert.Equal("Ada", mixed.Get<PackedBasket>("basket")!.Owner);
        mixed.Modified = true;
        await mixed.SaveAsync(Cancel);
        Assert.Equal(2, (await manager.OpenAsync(id, Cancel))!.Count);
        Assert.Empty(logs.GetSnapshot());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_it_the_session_begins_empty_with_one_warning(bool fromJson)
    {
        ISessionSerializer json = new JsonSessionSerializer(), packed = new MemoryPackSessionSerializer();
        var (old, current) = fromJson ? (json, packed) : (packed, json);
        var id = await StoreAsync(Application(old).Manager);

        var (manager, logs) = Application(current);
        var session = (await manager.OpenAsync(id, Cancel))!;

        Assert.Empty(session.Keys);
        Assert.Equal(0, session.Get<int>("n"));
        Assert.Equal(LogLevel.Warning, Assert.Single(logs.GetSnapshot()).Level);
        session.Set("new", 1);
        await session.SaveAsync(Cancel);

        var next = (await manager.OpenAsync(id, Cancel))!;
        Assert.Equal(["new"], next.Keys);
        Assert.Single(logs.GetSnapshot());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_failed_leaves_it_empty_too(bool writes)
    {
        var sessions = new TestSessions();
        var id = await sessions.StoreBytesAsync(("name", [0, 1, 2, 3, 4, 9]));
        var session = sessions.At(id);
        Assert.Equal("nobody", session.Get("name", "nobody"));

        session.Discard();

        Assert.Empty(session.Keys);
        Assert.Equal("nobody", session.Get("name", "nobody"));
        if (!writes)
            return;
        session.Set("new", 1);
        await sessions.SaveAsync(session);
        Assert.Equal(["new"], (await sessions.OpenAsync(id)).Keys);
    }

    [Fact]
    public async Task A_part_that_can_be_read_does_not_keep_the_rest_that_cannot()
    {
        var sessions = new TestSessions();
        var id = await sessions.StoreBytesAsync(("a", "1"u8.ToArray()), ("old", [0, 1, 2, 3, 4, 9]));
        sessions.Store.LoadsParts = true;
        var session = sessions.At(id);
        await session.LoadAsync(["a"], Cancel);

        session.Set("new", 1);
        await sessions.SaveAsync(session);

        Assert.Equal(1, (await sessions.OpenAsync(id)).Get<int>("new"));
    }

    [Fact]
    public void Two_serializers_of_one_format_are_refused()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Application(new JsonSessionSerializer(), new JsonSessionSerializer()));

        Assert.Contains("FormerSerializers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serializer_that_names_no_format_is_told_by_its_type()
    {
        var id = await StoreAsync(Application(new JsonSessionSerializer()).Manager);

        Assert.Empty((await Application(new Unnamed()).Manager.OpenAsync(id, Cancel))!.Keys);
    }

    private (SessionManager Manager, FakeLogCollector Logs) Application(ISessionSerializer serializer, params ISessionSerializer[] former)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddFakeLogging());
        services.AddTypedSessions(options =>
        {
            options.Serializer = serializer;
            foreach (var one in former)
                options.FormerSerializers.Add(one);
        }).AddStore("shared", _ => _store);
        var provider = services.BuildServiceProvider();
        return (provider.GetRequiredService<SessionManager>(), provider.GetRequiredService<FakeLogCollector>());
    }

    private static async Task<SessionId> StoreAsync(SessionManager manager)
    {
        var session = manager.Create();
        session.Set("n", 5);
        session.Set("basket", new PackedBasket { Owner = "Ada", Lines = ["tea"] });
        await session.SaveAsync(Cancel);
        return session.Id!.Value;
    }

    private sealed class Unnamed : ISessionSerializer
    {
        private readonly JsonSessionSerializer _inner = new();

        public byte[] Serialize<T>(T value) => _inner.Serialize(value);

        public T? Deserialize<T>(ReadOnlySpan<byte> data) => _inner.Deserialize<T>(data);

        public string Describe(ReadOnlySpan<byte> data) => _inner.Describe(data);
    }
}
