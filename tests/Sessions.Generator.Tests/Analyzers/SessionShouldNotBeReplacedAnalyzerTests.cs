using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class SessionShouldNotBeReplacedAnalyzerTests
{
    [Fact]
    public Task Every_way_to_replace_the_session_is_reported() => AnalyzerTest<SessionShouldNotBeReplacedAnalyzer>.VerifyValid("""
        using Microsoft.AspNetCore.Http.Features;

        internal static class Uses
        {
            public static void Run(HttpContext context, ISession session, ISessionFeature feature)
            {
                [|context.Session|] = session;
                [|feature.Session|] = session;
                [|context.Features.Set<ISessionFeature>(feature)|];
                [|context.Features.Set(feature)|];
                [|context.Features[typeof(ISessionFeature)]|] = feature;
            }
        }
        """);

    [Fact]
    public Task Reading_it_and_setting_other_features_is_fine() => AnalyzerTest<SessionShouldNotBeReplacedAnalyzer>.VerifyValid("""
        using Microsoft.AspNetCore.Http.Features;

        internal sealed class Uses
        {
            public ISession? Session { get; set; }

            public void Run(HttpContext context, IHttpRequestFeature feature)
            {
                Session = context.Session;
                context.Session.SetString("a", "b");
                context.Features.Set(feature);
                _ = new DefaultHttpContext { Session = context.Session };
                context.Features[typeof(IHttpRequestFeature)] = context.Features[typeof(ISessionFeature)];
            }
        }
        """);
}
