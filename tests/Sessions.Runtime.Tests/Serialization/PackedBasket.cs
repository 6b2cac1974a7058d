using MemoryPack;

namespace Sessions.Tests;

[MemoryPackable]
internal sealed partial class PackedBasket
{
    public string Owner { get; set; } = "";

    public List<string> Lines { get; set; } = [];
}
