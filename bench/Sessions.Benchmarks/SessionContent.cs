namespace Sessions.Benchmarks;

/// <summary>What a session holds beside the keys that are read and written.</summary>
public sealed record SessionContent(int OtherKeys, int Kilobytes)
{
    public override string ToString() => $"{OtherKeys} keys, {Kilobytes} KB";
}
