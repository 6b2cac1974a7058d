using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>What a generated file looks like. What it does is the business of the other tests.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void A_shape_of_one_number() => Snapshot.Matches(GeneratorRun.Valid("""
        namespace Shop;

        [SessionShape]
        public partial class VisitSession
        {
            public partial int Count { get; set; }
        }
        """).ShapeFiles.Single());

    [Fact]
    public void A_shape_with_everything() => Snapshot.Matches(GeneratorRun.Valid("""
        namespace Shop;

        public sealed record CartLine(string Sku);

        internal static partial class Outer
        {
            [SessionShape(Prefix = "cart.")]
            internal sealed partial class CartSession
            {
                [SessionKey("fav_color", Default = "blue")] public partial string FavColor { get; set; }
                [SessionKey(DefaultFactory = nameof(NewLines), FormerNames = ["lines", "basket"])] public partial List<CartLine> Lines { get; private set; }
                private partial string? Secret { get; set; }
                private static List<CartLine> NewLines() => [];
            }
        }
        """).ShapeFiles.Single());

    [Fact]
    public void A_shape_that_extends_another() => Snapshot.Matches(GeneratorRun.Valid("""
        [SessionShape] public partial class One { }
        [SessionShape] public partial class Two : One { }
        """).ShapeFiles[1]);

    [Fact]
    public void The_registration() => Snapshot.Matches(GeneratorRun.Valid("""
        [SessionShape] public partial class Zebra { }
        namespace Shop { [SessionShape] internal partial class Cart { } }
        """).Registration!);
}
