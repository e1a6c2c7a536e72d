using System.Text;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Telemetry;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Forge;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>What is counted, each under a target's name of its own, since other tests count at the same time.</summary>
public sealed class CountTests : IDisposable
{
    private static readonly DateTimeOffset Then = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly MeterBook book = new(meter => meter == Instruments.Meter);

    public void Dispose() => book.Dispose();

    [Fact]
    public void What_people_did_between_two_passes_is_counted_once()
    {
        var before = Report("people", Open(1), Open(2), Open(3), Open(4), Open(5) with { IsForeign = true }, Merged(6));
        var after = Report("people", Merged(1), Declined(2), Withdrawn(3), Open(4), Merged(5) with { IsForeign = true }, Merged(6), Merged(7));
        PassCounts.Begin("people");

        PassCounts.Passed(null, before);
        PassCounts.Passed(before, after);
        PassCounts.Passed(after, after);

        Assert.Equal(
            [
                "odoosky_changes_declined_total{target=\"people\"} 1",
                "odoosky_changes_merged_total{target=\"people\"} 1",
                "odoosky_time_to_merge_seconds_sum{target=\"people\"} 7200",
                "odoosky_time_to_merge_seconds_count{target=\"people\"} 1",
            ],
            Lines("people", "changes", "time_to_merge_seconds_s", "time_to_merge_seconds_c"));
    }

    [Fact]
    public void A_pass_that_a_guard_held_names_the_guard()
    {
        var held = Report("guarded");
        held = held with { Planned = held.Planned with { Held = new Held("changes: 30 planned, 25 allowed", "abc"), Guards = [new("deletes", 0, 5), new("changes", 30, 25)] } };

        PassCounts.Passed(null, held);

        Assert.Equal(["odoosky_guard_blocked_total{target=\"guarded\",rule=\"changes\"} 1"], Lines("guarded", "guard"));
        Assert.Equal(["odoosky_reconcile_total{target=\"guarded\",result=\"held\"} 1"], Lines("guarded", "reconcile"));
    }

    [Fact]
    public void A_run_that_failed_is_a_pass_that_failed()
    {
        JobCounts.Begin("failing");
        JobCounts.Ran("failing", new JobRun(JobKind.Reconcile, Then, TimeSpan.FromSeconds(3), "OSG0601: git could not fetch"));

        Assert.Contains("odoosky_job_runs_total{target=\"failing\",kind=\"reconcile\",result=\"failed\"} 1", Lines("failing", "job_runs"));
        Assert.Contains("odoosky_job_runs_total{target=\"failing\",kind=\"reconcile\",result=\"ok\"} 0", Lines("failing", "job_runs"));
        Assert.Equal(["odoosky_reconcile_total{target=\"failing\",result=\"failed\"} 1"], Lines("failing", "reconcile"));
        Assert.Contains("odoosky_job_duration_seconds_bucket{target=\"failing\",kind=\"reconcile\",le=\"5\"} 1", Lines("failing", "job_duration"));
    }

    [Fact]
    public async Task Requests_to_GitHub_are_counted_by_endpoint_without_a_name_of_ours()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        await fleet.PassAsync();

        var lines = Scrape().Split('\n');

        Assert.Contains(lines, line => line.StartsWith("odoosky_github_requests_total{method=\"POST\",endpoint=\"/repos/{owner}/{repo}/pulls\",code=\"201\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("odoosky_github_request_duration_seconds_count{method=\"GET\"} ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("odoosky_github", StringComparison.Ordinal) && line.Contains("acme", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_to_API_servers_are_counted_by_verb()
    {
        await using var world = await World.StartAsync();
        await world.Rollouts.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Contains(Scrape().Split('\n'), line => line.StartsWith("odoosky_kubernetes_requests_total{cluster=\"this\",verb=\"list\",code=\"200\"} ", StringComparison.Ordinal));
    }

    private static PassReport Report(string target, params Proposal[] proposals) => new(
        new PlannedPass
        {
            Target = target, BaseBranch = "main", BaseCommit = new string('a', 40), Overlays = OverlayTemplate.Default, DesiredFolder = "desired", DesiredFrom = "here",
            Plan = OverlayPlanner.Combine([], []), Usable = true, Decided = new Decided { Proposals = [.. proposals] },
        },
        []);

    private static Proposal Open(int number) => new()
    {
        Number = number, Branch = $"odoosky/prod/i-{number}", State = ProposalState.Open, CreatedAt = Then, Body = Marker().Text,
    };

    private static Proposal Merged(int number) => Open(number) with { State = ProposalState.Merged, EndedAt = Then.AddHours(2) };

    private static Proposal Declined(int number) => Open(number) with { State = ProposalState.Closed, EndedAt = Then.AddHours(1) };

    private static Proposal Withdrawn(int number) => Declined(number) with { Body = (Marker() with { Withdrawn = "nobody wants it any more" }).Text };

    private static ProposalMarker Marker() => new() { Target = "prod", Branch = "odoosky/prod/i-1", Content = new string('0', 64) };

    private string Scrape() => Encoding.UTF8.GetString(book.Scrape());

    private List<string> Lines(string target, params string[] metrics) =>
    [
        .. Scrape().Split('\n').Where(line => line.Contains($"target=\"{target}\"", StringComparison.Ordinal)
            && metrics.Any(metric => line.StartsWith("odoosky_" + metric, StringComparison.Ordinal))
            && !(metrics.Contains("reconcile") && line.EndsWith(" 0", StringComparison.Ordinal))),
    ];
}
