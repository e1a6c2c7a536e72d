using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>
/// Keeps to the limits: how many proposals are open at once, and how many are opened in any hour, by the forge's own times.
/// Only what would be opened waits; what is open is kept up to date and closed at any time.
/// </summary>
internal static class Room
{
    /// <summary>Lets as many open as there is room for, in order of branch.</summary>
    /// <param name="decisions">What would happen without limits.</param>
    /// <param name="proposals">All proposals of the target.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same decisions; those without room are limited.</returns>
    public static ImmutableArray<Decision> Fit(
        IReadOnlyCollection<Decision> decisions, IReadOnlyCollection<Proposal> proposals, Limits limits, DateTimeOffset now)
    {
        var ours = proposals.Where(proposal => !proposal.IsForeign).ToList();
        var open = decisions.Count(Stays);
        var recent = ours.Count(proposal => proposal.CreatedAt > now.AddHours(-1));
        return [.. decisions.Select(Fit)];

        Decision Fit(Decision decision)
        {
            if (!NeedsRoom(decision)) return decision;
            if (open >= limits.OpenPullRequests) return new Decision.Limited(decision.Facts, "enough proposals are open (limits.openPullRequests)");
            if (recent >= limits.NewPerHour) return new Decision.Limited(decision.Facts, "enough proposals were opened in the last hour (limits.newPerHour)");
            (open, recent) = (open + 1, recent + 1);
            return decision;
        }
    }

    // A branch that was pushed in a pass which did not come to its end got its room then.
    private static bool NeedsRoom(Decision decision) => decision is Decision.Open { Push: true, Facts.Open: null, Facts.Content: null } or Decision.Open { Facts.Last: not null };

    private static bool Stays(Decision decision) => !NeedsRoom(decision)
        && (decision.Facts.Open is not null || (decision.Facts.Content is not null && decision.Facts.Last is null))
        && decision is not (Decision.Close or Decision.Nothing);
}
