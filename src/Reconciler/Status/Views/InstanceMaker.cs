using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Makes the view of one instance.</summary>
internal static class InstanceMaker
{
    private const int MostChanges = 50;

    /// <summary>Finds an instance.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="code">Its code.</param>
    /// <param name="target">Its target; empty: the first that has it.</param>
    /// <returns>The target's sheet and the line, or null.</returns>
    public static (TargetSheet Sheet, InstanceLine Line)? Find(FleetSheet fleet, string code, string target)
    {
        foreach (var sheet in fleet.Targets)
            if ((target.Length == 0 || sheet.Name == target) && sheet.ByCode.TryGetValue(code, out var line)) return (sheet, line);
        return null;
    }

    /// <summary>Makes it.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="found">The instance.</param>
    /// <param name="timeline">Its history, as far as it is known.</param>
    /// <returns>The view.</returns>
    public static InstanceView Make(FleetSheet fleet, (TargetSheet Sheet, InstanceLine Line) found, TimelineView timeline)
    {
        var (sheet, line) = found;
        var (change, proof) = (sheet.Facts.Plans.GetValueOrDefault(line.Code), sheet.Facts.Proofs.GetValueOrDefault(line.Code));
        return new InstanceView
        {
            Numbers = fleet.Numbers,
            Instance = line,
            AlsoIn = [.. fleet.Targets.Where(other => other != sheet && other.ByCode.ContainsKey(line.Code)).Select(other => other.Name)],
            Labels = change?.Labels ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            Overlay = change is null ? null : RowsMaker.Overlay(change),
            Planned = change is { Writes: true } ? Planned(change) : null,
            Proof = proof is null ? null : ClusterMaker.Proof(proof),
            Application = proof is null ? null : ClusterMaker.Application(proof.Seen),
            Deployment = proof is null ? null : ClusterMaker.Deployment(proof.Seen),
            Drift = [.. sheet.Drift.Where(each => each.Subject == line.Code)],
            Problems = [.. sheet.Problems.Where(each => each.Instance == line.Code)],
            Timeline = timeline,
        };
    }

    /// <summary>A history.</summary>
    /// <param name="story">What Git tells.</param>
    /// <returns>The newest 50 changes.</returns>
    public static TimelineView Timeline(InstanceStory story) =>
        new("ready", null, [.. story.Landings.Take(MostChanges).Select(Entry)], Math.Max(0, story.Landings.Length - MostChanges));

    private static PlannedView Planned(OverlayChange change) => new(
        [.. change.Steps.Select(step => StatusWords.Cut(PlanWords.Step(step)))],
        PlanWords.Word(change.Forecast.Restart),
        change.Forecast.Pods,
        [.. change.Forecast.InitContainers.Select(Container)],
        RowsMaker.Diff(change),
        StatusWords.Given(change.Request.RequestedBy),
        StatusWords.Given(change.Request.Reason),
        StatusWords.Given(change.Request.Ticket));

    private static string Container(InitContainerChange change) => StatusWords.Cut(change switch
    {
        { Before: null } => $"{change.Name} comes ({change.After})",
        { After: null } => $"{change.Name} goes ({change.Before})",
        _ => $"{change.Name}: {change.Before} → {change.After}",
    });

    private static TimelineEntry Entry(Landing landing) => new(
        StatusWords.Time(landing.At),
        landing.Commit.Text,
        StatusWords.Cut(landing.Subject),
        EnumWords.Word(landing.Origin),
        StatusWords.Given(landing.MergedBy ?? landing.Author),
        landing.PullRequest,
        StatusWords.Given(landing.Request.RequestedBy),
        StatusWords.Given(landing.Request.Reason),
        landing.Restart,
        landing.HashBefore,
        landing.HashAfter,
        StatusWords.Time(landing.LiveAt),
        landing.LastVerdict is { } end ? EnumWords.Word(end.Event) : null);
}
