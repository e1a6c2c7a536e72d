using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Status.Pages;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Bench;

/// <summary>Making the status page's overview: the first after a job found something, when all lists are made anew, and the ones after it.</summary>
internal sealed class PageBench(int instances, Report report, Rounds rounds)
{
    private readonly ImmutableArray<OverlayChange> changes = [.. Enumerable.Range(0, instances).Select(Change)];

    public void Run()
    {
        var board = new Board();
        var sheets = new FleetSheets(board);
        var site = new SiteMap(new Timelines((_, _, _) => Task.FromResult<InstanceStory?>(null), board.Touch, TimeProvider.System, CancellationToken.None), TimeProvider.System);
        Samples fresh = new(), again = new(), filtered = new(), size = new();
        for (var i = 0; rounds.Go(i, 31); i++)
        {
            board.Change("prod", old => old with { Pass = Pass(), Proofs = [.. changes.Select(Proof)] });
            fresh.Add(Time(() => Draw(sheets, site, null)));
            again.Add(Time(() => Draw(sheets, site, null)));
            filtered.Add(Time(() => Draw(sheets, site, "tenant-0")));
            size.Add(Draw(sheets, site, null));
        }

        report.Row(("status page, the overview after a pass", instances, "≤ 100 ms"), "ms", fresh, null);
        report.Row(("the same again, nothing new", instances, "–"), "ms", again, null);
        report.Row(("the same, filtered by a text", instances, "≤ 100 ms"), "ms", filtered, null);
        report.Row(("its size", instances, "≤ 60,000 B"), "B", size, null);
    }

    private static int Draw(FleetSheets sheets, SiteMap site, string? text)
    {
        var fleet = sheets.Now;
        var answer = site.Answer(fleet, new PageQuestion([], name => name == "q" ? text : null));
        var frame = new Frame(answer.Title, answer.Section, fleet.Numbers, Reconciler.Status.Markup.Href.To("index.json"), fleet.Picture.Version);
        return Encoding.UTF8.GetByteCount(Layout.Page(frame, answer.Main()).ToString());
    }

    private static double Time(Func<int> act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private PassReport Pass() => new(
        new PlannedPass
        {
            Target = "prod", BaseBranch = "main", BaseCommit = Commit(0).Text, Overlays = OverlayTemplate.Default, DesiredFolder = "desired", DesiredFrom = "desired/", Usable = true,
            Plan = new OverlayPlan { Instances = changes, Problems = [], Digest = string.Empty },
        },
        []);

    private static OverlayChange Change(int i)
    {
        var code = InstanceCode.TryParse(string.Create(CultureInfo.InvariantCulture, $"tenant-{i}"))!;
        var change = new OverlayChange { Code = code, Path = $"instances/{code}/values.yaml", Action = ChangeAction.Unchanged, Before = Encoding.UTF8.GetBytes(FleetText.Overlay(i % 50)), HashBefore = $"{i:x16}" };
        if (i % 10 != 0) return change;
        change = change with { Action = ChangeAction.Update, After = change.Before, HashAfter = $"{i + 1:x16}", Forecast = new Forecast(Restart.Yes, ["odoo"], [], []) };
        return change with { Sentence = "mis_builder 17.0.1.0.3 → 17.0.1.1.0; the odoo pod restarts (1 init container changes)." };
    }

    private static InstanceProof Proof(OverlayChange change)
    {
        var merged = new MergedChange(change.Code, change.Path, Commit(1), DateTimeOffset.UnixEpoch);
        return new InstanceProof(new Promise(merged, ExpectedHash.Of(change.HashBefore!), HashChanged: true, null), Verdict.Of(VerdictKind.Live, ReasonCodes.Proven), new RolloutObservation { ObservedAt = DateTimeOffset.UnixEpoch });
    }

    private static ObjectId Commit(int i) => ObjectId.TryParse($"{i + 1:x40}")!;
}
