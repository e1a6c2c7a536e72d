using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

/// <summary>What the pages and their JSON twins say, and what they refuse.</summary>
public sealed partial class PageTests
{
    private const string Hostile = "</td><script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{x}}";

    private static readonly string[] Pages = ["/", "/instances/tenant-00000", "/changes", "/changes/i-tenant-00000", "/drift", "/declined", "/problems"];

    [Fact]
    public async Task Hostile_rows_are_text_on_every_page()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12, Text = Hostile }), Hostile);
        await served.HtmlAsync("/instances/tenant-00000");

        foreach (var path in Pages)
        {
            var html = await served.HtmlAsync(path + (path == "/" ? "?q=" + Uri.EscapeDataString("<script>") : string.Empty));

            Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
            if (path != "/changes") Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal); // which lists names alone
        }
    }

    [Fact]
    public async Task Nothing_in_a_page_runs_or_is_loaded_from_elsewhere()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12 }));

        foreach (var path in Pages.Append("/nowhere").Append("/index.json").Append("/assets/page.css"))
        {
            using var answer = await served.Client.GetAsync(new Uri(path, UriKind.Relative));

            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:;", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.Equal(("nosniff", "DENY", "no-referrer"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy")));
            Assert.Matches(@"^((?!\son[a-z]+=|\sstyle=|<style|<script(?! src=""/assets/))[\s\S])*$", await answer.Content.ReadAsStringAsync());

            string Header(string name) => answer.Headers.GetValues(name).Single();
        }
    }

    [Theory]
    [InlineData("127.0.0.1:1234", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("Fleet.Example.com", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_names_of_the_list_are_served(string host, HttpStatusCode expected)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 2 }), hosts: ["fleet.example.com"]);
        foreach (var path in new[] { "/", "/index.json", "/assets/page.js" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await served.Client.SendAsync(request);

            Assert.Equal(expected, answer.StatusCode);
            if (expected != HttpStatusCode.OK) Assert.Contains("page.hosts", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Nothing_can_be_written(string method)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 2 }));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/instances/tenant-00000");

        using var answer = await served.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_twin_says_the_same_numbers_as_its_page()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 120 }));

        var (html, json) = (await served.HtmlAsync("/?ring=canary&page=2"), await served.JsonAsync("/index.json?ring=canary&page=2"));

        Assert.Equal(Tile().Matches(html).Select(match => match.Groups[1].Value), json["verdicts"]!.AsArray().Select(verdict => verdict!["count"]!.ToString()));
        Assert.Equal("Failed 12, Rolling 12, Live 96", string.Join(", ", json["verdicts"]!.AsArray().Select(verdict => $"{verdict!["verdict"]} {verdict["count"]}")));
        Assert.Contains("30 of 120", await served.HtmlAsync("/?ring=canary"), StringComparison.Ordinal);
        Assert.Equal((30, 1, 1, 30), (Int(json, "instances", "matches"), Int(json, "instances", "page"), Int(json, "instances", "pages"), json["instances"]!["items"]!.AsArray().Count));
        Assert.Equal(Codes(html), json["instances"]!["items"]!.AsArray().Select(line => (string)line!["code"]!));
        Assert.Contains($"<b>{Int(json, "restarts", "waiting")}</b> wait for a merge", html, StringComparison.Ordinal);
        foreach (var (section, name) in new[] { ("Changes", "changes"), ("Drift", "drift"), ("Declined", "declined"), ("Problems", "problems") })
            Assert.Matches($@"{section} <span class=""count"">{Int(json, "numbers", name)}</span>", html);
    }

    [Fact]
    public async Task Each_page_names_its_twin_and_answers_a_program_with_it()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12 }));
        foreach (var path in Pages)
        {
            var twin = Twin().Match(await served.HtmlAsync(path)).Groups[1].Value;
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "application/json" } } };
            using var answer = await served.Client.SendAsync(request);

            Assert.EndsWith(".json", twin, StringComparison.Ordinal);
            Assert.Equal((await served.JsonAsync(twin)).ToJsonString(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString());
            Assert.Equal("Accept", answer.Headers.Vary.Single());
        }
    }

    [Theory]
    [InlineData("/?verdict=failed", 12, "tenant-00000")]
    [InlineData("/?verdict=Live&ring=main", 72, "tenant-00005")]
    [InlineData("/?q=TENANT-0011", 10, "tenant-00110")]
    [InlineData("/?q=imagepull", 12, "tenant-00000")]
    [InlineData("/?q=nothing-like-it", 0, null)]
    [InlineData("/?target=prod", 120, "tenant-00000")]
    [InlineData("/?target=other", 0, null)]
    [InlineData("/?page=2", 120, "tenant-00022")]
    [InlineData("/?page=99999999999", 120, "tenant-00000")]
    [InlineData("/?page=-1&verdict=Rolling", 12, "tenant-00001")]
    public async Task The_list_is_filtered_and_paged_by_its_address(string path, int matches, string? first)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 120 }));

        var html = await served.HtmlAsync(path);

        Assert.Contains($"{matches} of 120", html, StringComparison.Ordinal);
        Assert.Equal(first, Codes(html).FirstOrDefault());
    }

    [Fact]
    public async Task An_instance_shows_rows_proof_cluster_and_history()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12 }));
        await served.HtmlAsync("/instances/tenant-00010");

        var json = await served.JsonAsync("/instances/tenant-00010.json");

        Assert.Equal("sale_management odoo-builtin same, mis_builder oca changed", string.Join(", ", json["overlay"]!["rows"]!.AsArray().Select(row => $"{row!["code"]} {row["source"]} {row["change"]}")));
        Assert.Equal("17.0.1.0.0", (string?)json["overlay"]!["rows"]![1]!["before"]);
        Assert.Equal("+    version: \"17.0.1.1.0\"", ((string)json["planned"]!["diff"]!).Split('\n').Single(line => line.StartsWith('+')));
        Assert.Equal(("Failed", "progress-deadline-exceeded", "look at the container that is named"), ((string?)json["proof"]!["verdict"], (string?)json["proof"]!["reason"], (string?)json["proof"]!["next"]));
        Assert.Equal(("argocd/odoo-tenant-00010", "Synced"), ((string?)json["application"]!["name"], (string?)json["application"]!["sync"]));
        Assert.Equal("odoo-tenant-00010/odoo", (string?)json["deployment"]!["name"]);
        Assert.Equal(("ready", 12), ((string?)json["timeline"]!["state"], (int?)json["timeline"]!["changes"]![0]!["pullRequest"]));
    }

    [Fact]
    public async Task A_change_set_is_found_by_name_and_by_number()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12 }));

        var (named, numbered) = (await served.JsonAsync("/changes/i-tenant-00005.json"), await served.JsonAsync("/changes/2.json"));

        Assert.Equal(named.ToJsonString(), numbered.ToJsonString());
        Assert.Equal(("i-tenant-00005", "waits for people", 1), ((string?)named["change"]!["name"], (string?)named["change"]!["state"], (int?)named["change"]!["restarts"]));
        Assert.Contains("mis_builder 17.0.1.0.0 → 17.0.1.1.0", (string?)named["instances"]![0]!["sentence"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/instances/nobody")]
    [InlineData("/instances/tenant-00000?target=other")]
    [InlineData("/changes/i-nobody")]
    [InlineData("/changes/4711")]
    [InlineData("/wp-login.php")]
    [InlineData("/assets/../page.css")]
    public async Task What_is_not_there_is_404_as_page_and_as_twin(string path)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 12 }));
        using var page = await served.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "application/json" } } };
        using var twin = await served.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, twin.StatusCode));
        Assert.Equal("StatusMissing", (string?)JsonNode.Parse(await twin.Content.ReadAsStringAsync())!["kind"]);
    }

    [Fact]
    public async Task The_same_code_in_two_targets_has_a_page_each()
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = 3 }, new StatusFleet { Instances = 12, Target = "staging" }));

        var (first, second) = (await served.JsonAsync("/instances/tenant-00001.json"), await served.JsonAsync("/instances/tenant-00001.json?target=staging"));

        Assert.Equal(("prod", "staging"), ((string?)first["instance"]!["target"], (string?)first["alsoIn"]![0]));
        Assert.Equal("staging", (string?)second["instance"]!["target"]);
        Assert.Contains("12 of 15", await served.HtmlAsync("/?target=staging"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        var board = StatusFleet.BoardOf(new StatusFleet { Instances = 12 });
        await using var served = await ServedPages.StartAsync(board);
        using var first = await served.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        board.Change("prod", old => old with { Drift = [] });
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            using var answer = await served.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(50, true)]
    [InlineData(10_000, true)]
    public async Task The_overview_is_at_most_60_KB(int instances, bool isBusy)
    {
        await using var served = await ServedPages.StartAsync(StatusFleet.BoardOf(new StatusFleet { Instances = instances, IsBusy = isBusy }));

        Assert.InRange(Encoding.UTF8.GetByteCount(await served.HtmlAsync("/")), 1, 60_000);
    }

    [Fact]
    public async Task A_service_that_knows_nothing_yet_says_so()
    {
        await using var served = await ServedPages.StartAsync(new Board());

        foreach (var path in new[] { "/", "/changes", "/drift", "/declined", "/problems" }) Assert.Contains("class=\"empty\"", await served.HtmlAsync(path), StringComparison.Ordinal);
    }

    private static int Int(JsonNode json, string outer, string inner) => (int)json[outer]![inner]!;

    private static List<string> Codes(string html) => [.. Row().Matches(html).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"<span class=""number"">(\d+)</span>")]
    private static partial Regex Tile();

    [GeneratedRegex(@"<tr><th scope=""row""><a href=""/instances/([^?]+)\?")]
    private static partial Regex Row();

    [GeneratedRegex(@"<link rel=""alternate"" type=""application/json"" href=""([^""]+)"">")]
    private static partial Regex Twin();
}
