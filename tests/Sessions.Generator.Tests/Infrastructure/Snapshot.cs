using System.Runtime.CompilerServices;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Compares a text with a file under Snapshots; with <c>UPDATE_SNAPSHOTS=1</c> in the environment it writes the file.</summary>
internal static class Snapshot
{
    private static readonly string Version = typeof(SessionShapeGenerator).Assembly.GetName().Version!.ToString();

    public static void Matches(string actual, [CallerMemberName] string name = "", [CallerFilePath] string caller = "")
    {
        var text = actual.Replace($"\"{Version}\"", "\"VERSION\"", StringComparison.Ordinal);
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing: run with UPDATE_SNAPSHOTS=1, and look at what it holds");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
