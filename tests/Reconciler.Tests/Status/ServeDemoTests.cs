using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>What <c>./odoosky serve --demo</c> shows: a process of its own with the real service and the stand-ins.</summary>
public sealed class ServeDemoTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ODOOSKY_TEST_PICTURES");

    [Fact]
    public async Task The_demo_shows_a_live_a_failed_a_declined_and_an_open_change_and_ends_in_order()
    {
        await using var demo = DemoProcess.Start();
        var address = await demo.ListensAsync();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        var fleet = await SeenAsync(client, "index.json", seen => Verdict(seen, "alpenhof") == "Failed" && Verdict(seen, "bluefin") == "Live" && (int?)seen["numbers"]!["declined"] == 1);
        var cobalt = await SeenAsync(client, "instances/cobalt.json", seen => (int?)seen["instance"]!["change"]?["pullRequest"]?["number"] is > 0 && (string?)seen["timeline"]!["state"] == "ready");
        var history = await SeenAsync(client, "instances/alpenhof.json", seen => (string?)seen["timeline"]!["changes"]?.AsArray().FirstOrDefault()?["end"] == "failed");

        Assert.Equal(["alpenhof", "bluefin", "cobalt", "driftwood", "eastgate", "fernhill"], fleet["instances"]!["items"]!.AsArray().Select(line => (string)line!["code"]!).Order(StringComparer.Ordinal));
        Assert.Equal(("waits for people", "audit-only"), ((string?)cobalt["instance"]!["change"]!["state"], (string?)cobalt["instance"]!["restarts"]));
        Assert.Contains(cobalt["overlay"]!["rows"]!.AsArray(), row => (bool)row!["isBuiltin"]! && (string?)row["change"] == "added");
        Assert.Equal("progress-deadline-exceeded", (string?)history["proof"]!["reason"]);
        Assert.Equal((9, 8), ((int)fleet["restarts"]!["askedFor"]!, (int)fleet["restarts"]!["done"]!));
        await PicturesAsync(address);
        Assert.Equal(130, await demo.EndAsync());
        Assert.Contains("\"text\":\"ended\"", demo.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve --demo", "http://127.0.0.1:8080")]
    [InlineData("serve --urls http://127.0.0.1:9 --demo --folder x --no-color", "http://127.0.0.1:9")]
    [InlineData("demo --github", null)]
    public void The_arguments_choose_the_demo(string line, string? urls) => Assert.Equal(urls, DemoArguments.Parse(line.Split(' '))!.Urls);

    [Theory]
    [InlineData("serve")]
    [InlineData("serve --demo --github")]
    [InlineData("demo --urls http://127.0.0.1:9")]
    [InlineData("demo --demo")]
    [InlineData("serve --demo --urls")]
    public void Other_arguments_are_refused(string line) => Assert.Null(DemoArguments.Parse(line.Split(' ')));

    private static async Task<JsonNode> SeenAsync(HttpClient client, string path, Func<JsonNode, bool> isThere)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var seen = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (answer.IsSuccessStatusCode && isThere(seen)) return seen;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(90), seen.ToJsonString());
            await Task.Delay(200);
        }
    }

    private static string? Verdict(JsonNode seen, string code) => (string?)seen["instances"]!["items"]!.AsArray().FirstOrDefault(line => (string?)line!["code"] == code)?["verdict"];

    // The pictures of the docs are made by this test: ODOOSKY_TEST_PICTURES=docs/images.
    private async Task PicturesAsync(string address)
    {
        if (Pictures is null) return;
        foreach (var (path, name, look) in new[]
        {
            ("/", "page-light", new Look(Height: 1120)), ("/", "page-dark", new Look(Dark: true, Height: 1120)),
            ("/instances/alpenhof", "instance-light", new Look(Height: 1500)), ("/", "page-phone", new Look(Width: 390, Height: 844, Scale: 2)),
        })
        {
            var page = await browser.OpenAsync(address + path, look);
            await page.Locator("#live.on").WaitForAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetFullPath(Pictures, House.SourceFile.Repository), name + ".png") });
            await page.Context.CloseAsync();
        }
    }

    /// <summary>The demo's program, told by signals to its own pid.</summary>
    private sealed class DemoProcess : IAsyncDisposable
    {
        private readonly Process process;
        private readonly List<string> said = [];

        private DemoProcess(Process process) => this.process = process;

        public string Log
        {
            get
            {
                lock (said) return string.Join('\n', said);
            }
        }

        public static DemoProcess Start()
        {
            // Started in the background, a test run ignores Ctrl-C, and so would its children.
            var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", "dotnet", Path.Combine(AppContext.BaseDirectory, "odoosky-sandbox.dll"), "serve", "--demo", "--urls", "http://127.0.0.1:0"])
            {
                UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
            };
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            var demo = new DemoProcess(Process.Start(start)!);
            demo.process.OutputDataReceived += (_, line) => demo.Hear(line.Data);
            demo.process.ErrorDataReceived += (_, line) => demo.Hear(line.Data);
            demo.process.BeginOutputReadLine();
            demo.process.BeginErrorReadLine();
            return demo;
        }

        public async Task<string> ListensAsync()
        {
            const string mark = "\"listening\",\"target\":null,\"job\":null,\"detail\":\"";
            var watch = Stopwatch.StartNew();
            while (true)
            {
                if (Log.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at) return Log[(at + mark.Length)..].Split('"')[0];
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited, Log);
                await Task.Delay(100);
            }
        }

        public async Task<int> EndAsync()
        {
            using (Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) { }
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private void Hear(string? line)
        {
            lock (said) if (line is not null) said.Add(line);
        }
    }
}
