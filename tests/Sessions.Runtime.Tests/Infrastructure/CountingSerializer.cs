namespace Sessions.Tests;

/// <summary>The default serializer, noting what it is asked to do.</summary>
internal sealed class CountingSerializer : ISessionSerializer
{
    private readonly JsonSessionSerializer _inner = new();

    public int Encodings { get; private set; }

    public int Decodings { get; private set; }

    public string Format => ((ISessionSerializer)_inner).Format;

    public byte[] Serialize<T>(T value)
    {
        Encodings++;
        return _inner.Serialize(value);
    }

    public T? Deserialize<T>(ReadOnlySpan<byte> data)
    {
        Decodings++;
        return _inner.Deserialize<T>(data);
    }

    public string Describe(ReadOnlySpan<byte> data) => _inner.Describe(data);

    public void Reset() => Encodings = Decodings = 0;
}
