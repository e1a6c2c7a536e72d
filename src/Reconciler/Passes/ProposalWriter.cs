using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Writes a change set's proposal.</summary>
internal static class ProposalWriter
{
    private static readonly ImmutableArray<string> Steps =
    [
        "- Merge it to let Argo CD deploy it.",
        "- To change it, change the desired state: the next pass brings this proposal up to date. A branch that somebody pushed to is left alone.",
    ];

    private static readonly ImmutableArray<string> ForgeSteps =
    [
        .. Steps,
        "- To decline it, close it: this change is not proposed again. Reopening it, the label `" + ProposalLabels.Reopen + "` or `odoosky pr reopen` takes that back.",
        "- Once somebody pushed to the branch, the label `" + ProposalLabels.Rebuild + "` lets it be made anew.",
    ];

    /// <summary>Writes it.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="planned">The plan it comes from.</param>
    /// <param name="settings">What proposals look like.</param>
    /// <param name="isForge">Whether people decide on a forge.</param>
    /// <returns>Title and body.</returns>
    public static ProposalText Write(ChangeSet set, PlannedPass planned, GitOpsSettings settings, bool isForge)
    {
        var merging = AutoMerging.Of(settings, set);
        var context = new ProposalContext(
            planned.Plan.FleetSize,
            planned.Guards,
            planned.DesiredRevision is null
                ? $"Read from `{planned.DesiredFolder}/` of this repository, at the base branch's head."
                : $"Read from `{planned.DesiredFolder}/` of this repository at {Markdown.Code(planned.DesiredRevision)}, which is not merged.",
            isForge ? ForgeSteps : [Steps[0], "- To try it without a forge: `odoosky merge " + set.Branch + "`.", Steps[1]])
        {
            Merging = isForge ? merging.Words : string.Empty,
            Automatic = isForge && merging.IsOn,
            EditedOnBase = planned.Decided.EditedOnBase,
        };
        return new ProposalText(set.Branch, planned.BaseBranch, ProposalTitle.Of(set), ProposalBody.Of(set, context)) { Draft = settings.Draft };
    }
}
