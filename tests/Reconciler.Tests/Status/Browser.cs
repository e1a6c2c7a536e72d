using Microsoft.Playwright;
using OdooSky.GitOps.Reconciler.Tests.House;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>A real Chromium: Debian's, driven by Playwright. Started once for all of a class's tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string Axe = Path.Combine(SourceFile.Repository, "tests", "tools", "node_modules", "axe-core", "axe.min.js");

    private IPlaywright? driver;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        driver = await Playwright.CreateAsync();
        chromium = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>Opens an address in a window of its own.</summary>
    public async Task<IPage> OpenAsync(string address, Look look)
    {
        var window = await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            JavaScriptEnabled = look.Script,
            DeviceScaleFactor = look.Scale,
        });
        var page = await window.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return page;
    }

    /// <summary>What axe finds wrong with a page, a line for each element.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        // The page's own policy lets nothing foreign in; the driver's evaluation is not bound by it.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        return await page.EvaluateAsync<string[]>(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))");
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        driver?.Dispose();
    }
}

/// <summary>How a window looks at a page.</summary>
public sealed record Look(bool Dark = false, int Width = 1280, int Height = 900, bool Script = true, float Scale = 1);
