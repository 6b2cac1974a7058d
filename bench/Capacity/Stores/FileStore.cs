using System.Diagnostics;
using System.Globalization;

namespace Sessions.Capacity;

internal sealed class FileStore : CapacityStore
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-files-").FullName;

    public override void AddTo(SessionsBuilder sessions) => sessions.StoreInFiles(_directory);

    /// <summary>The blocks that the files take.</summary>
    public override async Task<long> BytesAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("du", ["-sk", _directory]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return long.Parse(answer.Split('\t')[0], CultureInfo.InvariantCulture) * 1024;
    }

    public override Task CopyAsync(IEnumerable<Copy> copies)
    {
        foreach (var (from, to) in copies)
            File.Copy(PathOf(from), PathOf(to));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return default;
    }

    private string PathOf(string id) => Path.Combine(_directory, id + ".session");
}
