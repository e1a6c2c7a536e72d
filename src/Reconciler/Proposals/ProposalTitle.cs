using System.Globalization;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>The title of a proposal and the subject of a commit: at most 72 characters, codes and counts only.</summary>
internal static class ProposalTitle
{
    private const int Longest = 72;

    /// <summary>A change set's title.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>Such as <c>odoosky(prod): acme +2 −1 addons</c>.</returns>
    public static string Of(ChangeSet set) => set.Changes.Length == 1
        ? Of(set.Target, set.Changes[0])
        : Cut($"odoosky({set.Target}): {set.Name}: {PlanWords.Count(set.Changes.Length, "instance")}");

    /// <summary>One instance's subject.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="change">The change.</param>
    /// <returns>Such as <c>odoosky(prod): retire acme</c>.</returns>
    public static string Of(string target, OverlayChange change) => Cut(change.Action switch
    {
        ChangeAction.Retire => $"odoosky({target}): retire {change.Code}",
        ChangeAction.Create => $"odoosky({target}): create {change.Code}{Counts(change)}",
        _ => $"odoosky({target}): {change.Code}{Counts(change)}",
    });

    private static string Counts(OverlayChange change)
    {
        int added = change.Steps.OfType<RowAdded>().Count(), gone = change.Steps.OfType<RowRemoved>().Count();
        var changed = change.Steps.OfType<RowChanged>().Count();
        var values = change.Steps.Length - added - gone - changed;
        var addons = Part("+", added) + Part("−", gone) + Part("~", changed);
        return (addons.Length == 0 ? string.Empty : addons + (added + gone + changed == 1 ? " addon" : " addons"))
            + (values == 0 ? string.Empty : (addons.Length == 0 ? " " : ", ") + PlanWords.Count(values, "value"));
    }

    private static string Part(string sign, int count) =>
        count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" {sign}{count}");

    private static string Cut(string title) => title.Length <= Longest ? title : string.Concat(title.AsSpan(0, Longest - 1), "…");
}
