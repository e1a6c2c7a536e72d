using System.Net;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Tests.Docs;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>What a kubelet and Prometheus get from a real service.</summary>
public sealed partial class ScrapeTests(ScrapedService service) : IClassFixture<ScrapedService>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_finds_nothing_to_complain_about()
    {
        var run = await TestProgram.RunAsync("promtool", ["check", "metrics"], service.Scrape);

        Assert.True(run is { ExitCode: 0, Output: "", Errors: "" }, run.Output + run.Errors);
    }

    [Fact]
    public void The_page_lists_every_metric_with_its_type_and_no_other()
    {
        var documented = Documented();

        Assert.Equal(service.Types.Select(pair => $"{pair.Key} {pair.Value}").Order(), documented.Select(row => $"{row.Name} {row.Type}").Order());
        Assert.InRange(documented.Count, 30, 45);
    }

    [Fact]
    public void Every_label_is_on_the_page()
    {
        var labels = Documented().ToDictionary(row => row.Name, row => row.Labels);
        foreach (Match sample in Sample().Matches(service.Scrape))
        {
            var name = labels.ContainsKey(sample.Groups[1].Value) ? sample.Groups[1].Value : Part().Replace(sample.Groups[1].Value, "");
            var used = Label().Matches(sample.Groups[2].Value).Select(label => label.Groups[1].Value).Where(label => label != "le");
            Assert.Equal(labels[name], used);
        }
    }

    [Fact]
    public void No_label_names_an_instance_and_none_is_Prometheus_own()
    {
        Assert.DoesNotMatch("acme|globex|orphan-co", service.Scrape);
        Assert.DoesNotMatch(@"[{,](job|instance)=", service.Scrape);
    }

    [Fact]
    public void The_first_pass_is_counted()
    {
        string[] expected =
        [
            """odoosky_targets 1""",
            """odoosky_ready 1""",
            """odoosky_reconcile_total{target="prod",result="changed"} 1""",
            """odoosky_job_runs_total{target="prod",kind="reconcile",result="ok"} 1""",
            """odoosky_job_runs_total{target="prod",kind="verify",result="failed"} 0""",
            """odoosky_job_duration_seconds_count{target="prod",kind="reconcile"} 1""",
            """odoosky_plan_instances{target="prod",action="update"} 1""",
            """odoosky_plan_instances{target="prod",action="unchanged"} 1""",
            """odoosky_plan_instances{target="prod",action="orphaned"} 1""",
            """odoosky_plan_restarts{target="prod",restart="yes"} 1""",
            """odoosky_proposals_total{target="prod",outcome="opened"} 1""",
            """odoosky_restarts_planned_total{target="prod"} 1""",
            """odoosky_git_operations_total{operation="push",result="ok"} 1""",
            """odoosky_settings_last_reload_successful 1""",
        ];

        var lines = service.Scrape.Split('\n');

        Assert.Empty(expected.Except(lines));
    }

    [Theory]
    [InlineData("livez", "text/plain; charset=utf-8")]
    [InlineData("readyz", "text/plain; charset=utf-8")]
    [InlineData("metrics", "text/plain; version=0.0.4; charset=utf-8")]
    public async Task Probes_and_scrapes_answer_whatever_the_Host_header_says(string path, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, path)) { Headers = { Host = "10.244.1.7:8080" } };
        using var answer = await service.Http.SendAsync(request, Cancel);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task HEAD_gives_the_length_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(service.Address, "readyz"));
        using var answer = await service.Http.SendAsync(request, Cancel);

        Assert.Equal((HttpStatusCode.OK, 44L), (answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task It_lives_before_its_first_pass_and_is_ready_after_it()
    {
        Assert.EndsWith("livez passed\n", service.Early, StringComparison.Ordinal);
        Assert.Equal("[+] prod: the last pass ended\nreadyz passed\n", await service.Http.GetStringAsync(new Uri(service.Address, "readyz"), Cancel));
    }

    internal static IReadOnlyList<(string Name, string Type, string[] Labels)> Documented() =>
    [
        .. DocPage.Of("docs/reference/metrics.md").Lines.Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, Word().Matches(match.Groups[3].Value).Select(word => word.Groups[1].Value).ToArray())),
    ];

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (counter|gauge|histogram) \| ([^|]*)\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z]+)`")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?m)^([a-z_]+)(\{.*\})? [0-9.e+-]+$")]
    private static partial Regex Sample();

    [GeneratedRegex(@"[{,]([a-z]+)=""")]
    private static partial Regex Label();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
