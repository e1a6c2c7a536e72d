using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>What a change of an overlay did, by comparing what it was with what it became.</summary>
internal static class LandingSteps
{
    /// <summary>Compares.</summary>
    /// <param name="before">The overlay before, or null when there was none or it can't be read.</param>
    /// <param name="after">The overlay after, or null when there is none or it can't be read.</param>
    /// <returns>Rows first.</returns>
    public static ImmutableArray<EditStep> Of(OverlayDocument? before, OverlayDocument? after)
    {
        if (before is null) return [.. (after?.Rows ?? []).Select(row => new RowAdded(row.Row))];
        if (after is null) return [.. before.Rows.Select(row => new RowRemoved(row.Row))];
        var (was, became) = (Further(before), Further(after));
        var gone = ValuesDiff.Leaves(was).Select(leaf => leaf.Path).Where(path => ValuesDiff.Find(became, path) is null);
        return OverlayEditor.Edit(before, new OverlayWish(before.Code, null, [.. after.Rows.Select(row => row.Row)], became, [.. gone])).Steps;
    }

    // Rows are compared as rows; the instance's own code never changes.
    private static HelmMap Further(OverlayDocument document) => HelmMap.From(document.Values.Entries.Where(entry => entry.Key is not ("addons" or "instance")));
}
