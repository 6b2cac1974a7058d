using Microsoft.Playwright;

namespace Storefront.Tests.Infrastructure;

/// <summary>A browser without JavaScript.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";
    private const int LimitMilliseconds = 60_000;

    private IPlaywright? _playwright;   // null until started
    private IBrowser? _browser;         // null until started

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Path), $"This test needs a browser at {Path}: apt-get install chromium");
        Assertions.SetDefaultExpectTimeout(LimitMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Headless = true,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A page of a visitor of its own.</summary>
    public async Task<IPage> NewPageAsync(Uri address)
    {
        var options = new BrowserNewContextOptions { BaseURL = address.ToString(), JavaScriptEnabled = false };
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(LimitMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
