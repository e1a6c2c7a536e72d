using Microsoft.Playwright;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>The pages in a real browser: for those who see little, on a phone, without JavaScript, and live.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] Paths = ["/", "/?verdict=Failed", "/instances/tenant-00000", "/instances/tenant-00002", "/changes", "/changes/i-tenant-00000", "/drift", "/declined", "/problems", "/nowhere"];

    [Theory]
    [InlineData(false, 390)]
    [InlineData(true, 1280)]
    public async Task Axe_finds_nothing_wrong_and_nothing_sticks_out(bool dark, int width)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 60 }));
        await served.HtmlAsync("/instances/tenant-00000");
        await served.HtmlAsync("/instances/tenant-00002");
        var page = await browser.OpenAsync(served.Address + "/", new Look(dark, width, 800));
        foreach (var path in Paths)
        {
            await page.GotoAsync(served.Address + path);
            foreach (var part in await page.Locator("details").AllAsync()) await part.EvaluateAsync("part => part.open = true");

            Assert.Equal([], (await Browser.ViolationsAsync(page)).Select(found => $"{path}: {found}"));
            Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_JavaScript_everything_can_be_reached_and_filtered()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 120 }));
        var page = await browser.OpenAsync(served.Address + "/", new Look(Script: false));

        await page.GetByRole(AriaRole.Link, new() { Name = "Failed" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("12 of 120")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("tenant-0011");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 of 120")).ToBeVisibleAsync();
        Assert.EndsWith("?q=tenant-0011&verdict=Failed&ring=", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "tenant-00110", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "tenant-00110" })).ToBeVisibleAsync();
        await page.GetByText("The overlay's change").ClickAsync();
        await Assertions.Expect(page.GetByText("+    version: \"17.0.1.1.0\"")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_follows_the_board_and_leaves_alone_what_a_person_does_on_it()
    {
        var board = StatusFleet.BoardOf(new StatusFleet { Instances = 20 });
        await using var served = await ServedPages.StartAsync(board);
        var faults = new List<string>();
        var page = await browser.OpenAsync(served.Address + "/", new Look());
        page.Console += (_, message) => faults.Add(message.Text);
        page.PageError += (_, fault) => faults.Add(fault);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("live");
        await page.GetByText("The figures").ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("half a wo");

        board.Change("prod", _ => new StatusFleet { Instances = 30 }.Board());

        await Assertions.Expect(page.GetByText("30 of 30")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("half a wo");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("Asked for", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(faults);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Hostile_rows_run_nothing()
    {
        const string hostile = "</td><script>window.broken = 1</script><img src=x onerror=\"window.broken = 1\">";
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12, Text = hostile }), hostile);
        var page = await browser.OpenAsync(served.Address + "/", new Look());
        foreach (var path in Paths)
        {
            await page.GotoAsync(served.Address + path);

            Assert.True(await page.EvaluateAsync<bool>("() => window.broken === undefined"));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 3 }));
        var page = await browser.OpenAsync(served.Address + "/", new Look());

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }
}
