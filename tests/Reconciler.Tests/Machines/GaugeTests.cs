using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Machines;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Cluster;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>What is read from the board when somebody scrapes.</summary>
public sealed class GaugeTests : IAsyncDisposable
{
    private readonly Board board = new();
    private readonly Duty duty;
    private readonly BoardGauges gauges;
    private readonly MeterBook book;

    public GaugeTests()
    {
        var clock = new FakeClock();
        duty = new Duty(board, clock, new Secrets(), _ => { });
        gauges = new BoardGauges(duty, new Health(board, clock));
        book = new MeterBook(meter => meter == gauges.Meter);
    }

    private string[] Lines => Encoding.UTF8.GetString(book.Scrape()).Split('\n');

    public async ValueTask DisposeAsync()
    {
        book.Dispose();
        gauges.Dispose();
        await duty.DisposeAsync();
    }

    [Fact]
    public void A_large_fleet_has_as_many_series_as_a_small_one()
    {
        Show("prod", 10);
        var small = Lines;
        Show("prod", 10_000);
        var large = Lines;

        Assert.Equal(small.Select(line => line.Split(' ')[0]), large.Select(line => line.Split(' ')[0]));
        Assert.Contains("odoosky_plan_instances{target=\"prod\",action=\"update\"} 5000", large);
        Assert.Contains("odoosky_plan_restarts{target=\"prod\",restart=\"yes\"} 5000", large);
        Assert.Contains("odoosky_problems{target=\"prod\",severity=\"warning\",code=\"OSG0510\"} 10000", large);
    }

    [Fact]
    public void A_target_that_the_settings_no_longer_name_is_gone_from_the_next_scrape()
    {
        Show("prod", 10);
        Show("old", 10);
        Assert.Contains("odoosky_targets 2", Lines);

        board.Forget("old");

        Assert.Contains("odoosky_targets 1", Lines);
        Assert.DoesNotContain(Lines, line => line.Contains("target=\"old\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Before_a_plan_a_proof_or_a_look_for_drift_there_is_no_number_that_claims_one()
    {
        board.Change("prod", old => old);

        Assert.DoesNotContain(Lines, line => line.StartsWith("odoosky_plan_", StringComparison.Ordinal) || line.StartsWith("odoosky_rollouts", StringComparison.Ordinal)
            || line.StartsWith("odoosky_drift", StringComparison.Ordinal));
    }

    [Fact]
    public void Drift_is_counted_by_class_and_what_is_not_there_is_0()
    {
        board.Change("prod", old => old with { Drift = [new DriftFinding(DriftClass.Orphan, "overlay-without-wish", "x", "", ""), new DriftFinding(DriftClass.Orphan, "x", "y", "", "")] });

        Assert.Contains("odoosky_drift_findings{target=\"prod\",class=\"orphan\"} 2", Lines);
        Assert.Contains("odoosky_drift_findings{target=\"prod\",class=\"argocd-live\"} 0", Lines);
    }

    [Fact]
    public void Times_are_seconds_since_1970()
    {
        board.Change("prod", old => old.After(new JobRun(JobKind.Verify, DateTimeOffset.UnixEpoch.AddSeconds(1_000), TimeSpan.FromMilliseconds(1_500))));

        Assert.Contains("odoosky_last_success_timestamp_seconds{target=\"prod\",kind=\"verify\"} 1001.5", Lines);
    }

    private void Show(string target, int instances)
    {
        var changes = Enumerable.Range(0, instances).Select(i =>
        {
            var code = InstanceCode.TryParse(string.Create(CultureInfo.InvariantCulture, $"c{i}"))!;
            return new OverlayChange
            {
                Code = code, Path = $"instances/{code}/values.yaml", Action = i % 2 == 0 ? ChangeAction.Update : ChangeAction.Unchanged,
                Forecast = i % 2 == 0 ? new Forecast(Restart.Yes, ["odoo"], [], []) : Forecast.Nothing,
                Problems = [new Problem("OSG0510", Severity.Warning, "Something.", "Nothing.", new Place($"{code}"), code.Text)],
            };
        });
        var planned = new PlannedPass
        {
            Target = target, BaseBranch = "main", BaseCommit = new string('a', 40), Overlays = OverlayTemplate.Default, DesiredFolder = "desired", DesiredFrom = "here",
            Plan = OverlayPlanner.Combine(changes, []), Usable = true,
        };
        board.Change(target, old => old with { Pass = new PassReport(planned, []) });
    }
}
