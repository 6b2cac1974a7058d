using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class FileSessionStoreTests : SessionStoreContract
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sessions-{Guid.NewGuid():n}");
    private readonly FakeLogger<FileSessionStore> _logger = new();

    public override async ValueTask DisposeAsync()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Directory_and_files_are_the_users_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await StoreAsync(NewRecord(("a", "1")));

        Assert.Equal("rwx------", ModeOf(_path));
        Assert.All(Directory.GetFiles(_path, "*", SearchOption.AllDirectories), file => Assert.Equal("rw-------", ModeOf(file)));

        static string ModeOf(string path) => string.Concat(Enumerable.Range(0, 9).Select(
            bit => OperatingSystem.IsWindows() || !File.GetUnixFileMode(path).HasFlag((UnixFileMode)(1 << (8 - bit))) ? '-' : "rwx"[bit % 3]));
    }

    [Fact]
    public async Task A_damaged_or_foreign_file_is_no_session_and_does_not_stop_the_clearing()
    {
        var damaged = new List<string>();
        foreach (var damage in new Func<byte[], byte[]>[] { bytes => [], bytes => bytes[..^1], bytes => [.. bytes, 0], Flip, _ => "hello"u8.ToArray() })
        {
            var id = await StoreAsync(NewRecord(("a", "1")));
            await File.WriteAllBytesAsync(FileOf(id), damage(await File.ReadAllBytesAsync(FileOf(id), Cancel)), Cancel);
            damaged.Add(id);
        }

        await File.WriteAllTextAsync(Path.Combine(_path, "readme.txt"), "not a session", Cancel);
        var live = await StoreAsync(NewRecord(("a", "1")));
        await StoreExpiredAsync();

        foreach (var id in damaged)
        {
            Assert.Null(await Store.LoadAsync(id, Cancel));
            Assert.Null(Store.Load(id));
            Assert.Equal(SessionStoreOutcome.Missing, (await Store.SaveAsync(id, Change(set: [("b", "2")]), Cancel)).Outcome);
        }

        Assert.Equal(1, await Store.ClearExpiredAsync(cancellationToken: Cancel));
        Assert.True(await Store.ExistsAsync(live, Cancel));
        Assert.All(_logger.Collector.GetSnapshot(), record => Assert.Equal(LogLevel.Warning, record.Level));

        static byte[] Flip(byte[] bytes)
        {
            bytes[30] ^= 1;
            return bytes;
        }
    }

    [Fact]
    public async Task A_write_that_fails_is_an_error_and_leaves_the_old_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test takes the directory away.");
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        var kept = await File.ReadAllBytesAsync(FileOf(id), Cancel);
        File.Delete(FileOf(id));
        Directory.CreateDirectory(FileOf(id));

        await Assert.ThrowsAnyAsync<Exception>(() => Store.SaveAsync(id, Change(record, [("b", "2")]), Cancel).AsTask());

        Directory.Delete(FileOf(id));
        await File.WriteAllBytesAsync(FileOf(id), kept, Cancel);
        Assert.Empty(Directory.GetFiles(_path, "*.tmp"));
        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task What_a_dead_writer_left_is_cleared_away_in_time()
    {
        await StoreAsync(NewRecord(("a", "1")));
        var (old, young) = (Path.Combine(_path, "old.tmp"), Path.Combine(_path, "young.tmp"));
        await File.WriteAllTextAsync(old, "", Cancel);
        await File.WriteAllTextAsync(young, "", Cancel);
        File.SetLastWriteTimeUtc(old, Now.UtcDateTime.AddHours(-2));

        await Store.ClearExpiredAsync(cancellationToken: Cancel);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    protected override ISessionStore CreateStore(TimeProvider time) =>
        new FileSessionStore(Options.Create(new FileSessionStoreOptions { Directory = _path }), time, _logger);

    private string FileOf(string id) => Path.Combine(_path, id + ".session");
}
