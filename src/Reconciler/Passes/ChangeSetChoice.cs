using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>The change sets of a plan: those that this pass proposes, and those that wait because enough are open.</summary>
/// <param name="Chosen">Proposed now: the ones with an open branch first of all.</param>
/// <param name="Waiting">Proposed when others are merged or closed.</param>
internal sealed record ChangeSetChoice(ImmutableArray<ChangeSet> Chosen, ImmutableArray<ChangeSet> Waiting)
{
    /// <summary>Groups a plan's changes and keeps to the limit of open proposals.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">Grouping and limits.</param>
    /// <param name="open">Our branches on the remote.</param>
    /// <returns>The choice, each part in order of name.</returns>
    public static ChangeSetChoice Of(string target, OverlayPlan plan, GitOpsSettings settings, IReadOnlySet<string> open)
    {
        var sets = ChangeSets.Of(target, plan.Changes, settings.Grouping, settings.Limits.GroupSize);
        var room = Math.Max(0, settings.Limits.OpenPullRequests - open.Count);
        var fresh = sets.Where(set => !open.Contains(set.Branch)).ToList();
        var waiting = fresh.Skip(room).ToHashSet();
        return new ChangeSetChoice([.. sets.Where(set => !waiting.Contains(set))], [.. sets.Where(waiting.Contains)]);
    }
}
