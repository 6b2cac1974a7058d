using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class KeyLengthMustBeValidAnalyzerTests
{
    private static readonly string Longest = new('k', 256);

    [Fact]
    public Task Empty_and_too_long_keys_are_reported() => AnalyzerTest<KeyLengthMustBeValidAnalyzer>.Verify($$"""
        [SessionShape]
        public partial class One
        {
            [SessionKey([|""|])] public partial int Empty { get; set; }
            [SessionKey([|"{{Longest}}k"|])] public partial int Long { get; set; }
            [SessionKey("{{Longest}}")] public partial int Longest { get; set; }
        }

        [SessionShape(Prefix = "{{Longest}}")]
        public partial class Two
        {
            public partial int [|Visits|] { get; set; }
            [SessionKey("")] public partial int Bare { get; set; }
        }

        internal static class Uses
        {
            private static readonly SessionKey<int> Key = new([|""|]);

            public static void Run(Session session)
            {
                session[[|""|]] = session.Get("{{Longest}}", session.Get([|"{{Longest}}k"|], Key));
            }
        }
        """);
}
