using System.Text;
using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class SecrecyTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task The_database_and_the_log_contain_no_cookie_value()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));
        await visitor.SignInAsync("Ada");
        await visitor.PostAsync("/comments", ("Text", "A sentence to find again."));
        await visitor.GetAsync("/session");
        await visitor.SignInAsync("Bob");
        await visitor.PostAsync("/session?handler=FiveMinutes");
        await visitor.GetAsync("/");
        using var replay = app.NewVisitor();
        replay.Replay(visitor.Secrets.First(value => value.Length == 32));
        await replay.GetAsync("/cart");
        await visitor.PostAsync("/logout");
        using var signedIn = app.NewVisitor();
        await signedIn.SignInAsync("Eve");
        var secrets = visitor.Secrets.Concat(replay.Secrets).Concat(signedIn.Secrets).ToHashSet();
        Assert.True(secrets.Count(value => value.Length == 32) >= 4, "Each sign-in must have brought another id.");

        var files = app.Database.Files();
        // What is there is found, so what is not found is not there.
        Assert.Contains(files.Values, bytes => Holds(bytes, "A sentence to find again.", Encoding.UTF8));
        Assert.Contains("Request starting", app.Log, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, app.Log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(files, file => Holds(file.Value, secret, Encoding.UTF8) || Holds(file.Value, secret, Encoding.Unicode));
        }
    }

    private static bool Holds(byte[] bytes, string text, Encoding encoding) => bytes.AsSpan().IndexOf(encoding.GetBytes(text)) >= 0;
}
