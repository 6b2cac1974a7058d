namespace Sessions;

/// <summary>The files of the file store: private to the user, replaced whole, and locked between processes.</summary>
internal sealed class SessionDirectory
{
    private const string SessionExtension = ".session";
    private const string TemporaryExtension = ".tmp";
    private const UnixFileMode OwnDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly string _locks;

    public SessionDirectory(string path)
    {
        _path = Path.GetFullPath(path);
        _locks = Path.Combine(_path, "locks");
        CreateOwn(_path);
        Tighten();
    }

    /// <summary>The ids that have a file.</summary>
    public IEnumerable<string> Ids() =>
        Directory.EnumerateFiles(_path, "*" + SessionExtension).Select(Path.GetFileNameWithoutExtension).OfType<string>();

    public byte[]? Read(string id)
    {
        try
        {
            return File.ReadAllBytes(PathOf(id));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public async Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(id), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Fills a buffer with the first bytes of a file, and gives how many there are.</summary>
    public int ReadStart(string id, byte[] buffer)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(id), share: FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.Read(file, buffer, fileOffset: 0);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>Replaces the file whole: a reader, and a crash, find the old content or the new.</summary>
    /// <remarks>
    /// The content is on the disk before the file gets its name. That the name is, too, only a flush of the directory could tell, which
    /// .NET does not have: when the machine loses its power, the last saves may be undone, whole; when a process dies, none is.
    /// </remarks>
    public async Task WriteAsync(string id, byte[] content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_path, Path.GetRandomFileName() + TemporaryExtension);
        try
        {
            await using (var file = new FileStream(temporary, Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            {
                await file.WriteAsync(content, cancellationToken);
#pragma warning disable CA1849 // there is no asynchronous flush to the disk
                file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            }

            File.Move(temporary, PathOf(id), overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Removes what writers that died have left behind.</summary>
    public void DeleteOrphans(DateTime utcNow)
    {
        foreach (var file in Directory.EnumerateFiles(_path, "*" + TemporaryExtension))
        {
            if (File.GetLastWriteTimeUtc(file) < utcNow - OrphanAge)
                File.Delete(file);
        }
    }

    /// <summary>Keeps other writers of these ids out, of this process and of others, until it is disposed.</summary>
    public Task<IDisposable> LockAsync(CancellationToken cancellationToken, params string[] ids) =>
        HeldLocks.TakeAsync(LockSlots.Of(ids), async slot => (await LockAsync(slot, cancellationToken)).Dispose);

    // The lock belongs to the open file: when its process dies, the system releases it.
    private async Task<FileStream> LockAsync(int slot, CancellationToken cancellationToken)
    {
        CreateOwn(_locks);
        var path = Path.Combine(_locks, slot.ToString("x2", null));
        while (true)
        {
            try
            {
                return new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (IsHeldByAnother(exception))
            {
                await Task.Delay(LockPause, cancellationToken);
            }
        }
    }

    // Anything else, such as a full disk, waiting would not change.
    private static bool IsHeldByAnother(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)   // sharing and lock violation
        : exception.HResult is 11 or 35;   // EWOULDBLOCK of Linux, and of macOS

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return options;
    }

    private static void CreateOwn(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnDirectory);
    }

    // A directory that was there may let others in. One with files of others is not ours to close.
    private void Tighten()
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(_path) & ~OwnDirectory) == 0)
            return;
        if (Directory.EnumerateFileSystemEntries(_path).Any(entry => entry != _locks && Path.GetExtension(entry) is not (SessionExtension or TemporaryExtension)))
        {
            throw new InvalidOperationException(
                $"The directory '{_path}' is open to others and holds what is not sessions: give StoreInFiles a directory of its own, or one of mode 0700.");
        }

        File.SetUnixFileMode(_path, OwnDirectory);
    }

    private string PathOf(string id) => Path.Combine(_path, id + SessionExtension);
}
