using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Writes a change set's proposal.</summary>
internal static class ProposalWriter
{
    /// <summary>Writes it.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="planned">The plan it comes from.</param>
    /// <returns>Title and body.</returns>
    public static ProposalText Write(ChangeSet set, PlannedPass planned)
    {
        var context = new ProposalContext(
            planned.Plan.FleetSize,
            planned.Guards,
            planned.DesiredRevision is null
                ? $"Read from `{planned.DesiredFolder}/` of this repository, at the base branch's head."
                : $"Read from `{planned.DesiredFolder}/` of this repository at {Markdown.Code(planned.DesiredRevision)}, which is not merged.",
            [
                "- Merge it to let Argo CD deploy it.",
                "- To try it without a forge: `odoosky merge " + set.Branch + "`.",
                "- To change it, change the desired state: the next pass brings this proposal up to date. A branch that somebody pushed to is left alone.",
            ]);
        return new ProposalText(set.Branch, planned.BaseBranch, ProposalTitle.Of(set), ProposalBody.Of(set, context));
    }
}
