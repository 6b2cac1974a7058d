using System.Runtime.Versioning;
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
    [UnsupportedOSPlatform("windows")]
    public void A_directory_that_was_there_is_closed_to_others_unless_it_holds_files_of_others()
    {
        const UnixFileMode Open = (UnixFileMode)0b111_111_111;
        Directory.CreateDirectory(_path, Open);
        File.SetUnixFileMode(_path, Open);

        _ = Store;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_path));
        Assert.Empty(Directory.GetFileSystemEntries(_path));

        File.SetUnixFileMode(_path, Open);
        File.WriteAllText(Path.Combine(_path, "index.html"), "");
        Assert.Contains("a directory of its own", Assert.Throws<InvalidOperationException>(() => CreateStore(Time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_goes_when_its_header_has_expired()
    {
        var id = await StoreExpiredAsync();
        await File.WriteAllBytesAsync(FileOf(id), (await File.ReadAllBytesAsync(FileOf(id), Cancel))[..^3], Cancel);

        Assert.Equal(1, await Store.ClearExpiredAsync(cancellationToken: Cancel));

        Assert.False(File.Exists(FileOf(id)));
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
    public async Task A_file_that_cannot_be_read_is_an_error_and_does_not_stop_clearing_and_listing_the_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The file is a link to itself.");
        var gone = await StoreAsync(NewRecord(("a", "1")));
        Time.Advance(SessionRecord.RetirementPeriod);
        var live = await StoreAsync(Change(set: [("b", "2")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromDays(28))).Apply(null));
        var unreadable = NewId();
        File.CreateSymbolicLink(FileOf(unreadable), FileOf(unreadable));
        Time.Advance(TimeSpan.FromDays(14));

        await Assert.ThrowsAnyAsync<IOException>(() => Store.LoadAsync(unreadable, Cancel).AsTask());
        Assert.ThrowsAny<IOException>(() => Store.Load(unreadable));
        await Assert.ThrowsAnyAsync<IOException>(() => Store.SaveAsync(unreadable, Change(set: [("b", "2")]), Cancel).AsTask());

        var listed = new List<string>();
        await foreach (var (id, _) in ((IListableSessionStore)Store).ListAsync(Cancel))
            listed.Add(id);
        Assert.Equal(new[] { gone, live }.Order(), listed.Order());
        Assert.Equal(1, await Store.ClearExpiredAsync(cancellationToken: Cancel));
        Assert.True(await Store.ExistsAsync(live, Cancel));
        Assert.Contains(_logger.Collector.GetSnapshot(), record => record.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_taken_at_all_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The locks are links to themselves.");
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        for (var slot = 0; slot < LockSlots.Count; slot++)
        {
            var path = Path.Combine(_path, "locks", $"{slot:x2}");
            File.Delete(path);
            File.CreateSymbolicLink(path, path);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => Store.SaveAsync(id, Change(record, [("b", "2")]), Cancel).AsTask());

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Clearing_tells_after_each_thousand_and_stops_when_it_is_told_to()
    {
        await StoreExpiredAsync();
        var content = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_path, "*.session")), Cancel);
        for (var i = 1; i < 2500; i++)
            await File.WriteAllBytesAsync(FileOf(NewId()), content, Cancel);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var progress = new StoppingProgress(stopped);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ClearExpiredAsync(progress, stopped.Token).AsTask());

        Assert.Equal(1000, progress.Removed);
        Assert.Equal(1500, await Store.ClearExpiredAsync(cancellationToken: Cancel));
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

    private sealed class StoppingProgress(CancellationTokenSource stopped) : IProgress<long>
    {
        public long Removed { get; private set; }

        public void Report(long value)
        {
            Removed = value;
            stopped.Cancel();
        }
    }
}
