using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Shows one decision to people. Each act ends with the write that marks it as done, so that what was cut short is seen as not
/// done: the labels of the settings come after reviewers, <c>odoosky/edited</c> after its comment, and a close says why before.
/// </summary>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="planned">The plan.</param>
/// <param name="settings">What proposals look like.</param>
internal sealed class ProposalActs(IPullRequests pullRequests, PlannedPass planned, GitOpsSettings settings)
{
    private const string EditedWords =
        "Somebody pushed to this branch, so it is left alone from now on: no push, no change of its text. "
        + $"The label `{ProposalLabels.Rebuild}` gives it back: then it is made anew, and what was pushed to it is lost. Closing it declines the change.";

    /// <summary>Stops a proposal from merging by itself when what it will carry may not.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task HoldBackAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Facts.Open is not { MergesItself: true } open || open.Marker is not { Automatic: true }) return;
        var stays = decision is Decision.LeaveAlone or Decision.Rebuild or Decision.Adopt && AutoMerging.Of(settings, decision.Proposed!).IsOn;
        if (!stays) await pullRequests.AutoMergeAsync(open, on: false, cancellationToken);
    }

    /// <summary>Closes a proposal: one line that says why, then the close itself, with a marker that says that it was us.</summary>
    /// <param name="close">What was decided.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why the forge refused, so that the branch must stay; null when it is closed.</returns>
    public async Task<string?> CloseAsync(Decision.Close close, CancellationToken cancellationToken)
    {
        if (close.Facts.Open is not { } open) return null;
        var marker = open.Marker ?? new ProposalMarker { Target = planned.Target, Branch = close.Branch, Content = string.Empty };
        var withdrawn = marker with { Withdrawn = close.Facts.Landed || close.Facts.WasMerged ? ProposalMarker.Landed : "withdrawn" };
        try
        {
            await pullRequests.CommentAsync(open, "closed", $"Closed: {close.Because}.", cancellationToken);
            await pullRequests.CloseAsync(open, ProposalMarker.Replace(open.Body, withdrawn), cancellationToken);
            return null;
        }
        catch (ProposalRefusal refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>Brings what people see up to date, once the branch is where it should be.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="head">The branch's head now.</param>
    /// <param name="moved">Whether this pass moved it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What became of the branch.</returns>
    public async Task<BranchReport> ShowAsync(Decision decision, ObjectId? head, bool moved, CancellationToken cancellationToken)
    {
        try
        {
            return await ActAsync(decision, head, moved, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ProposalRefusal)
        {
            var pushed = decision.Proposed is null ? string.Empty : "the branch is pushed, but ";
            return new BranchReport(decision.Branch, BranchOutcome.Refused, $"{pushed}its proposal could not be written: {failure.Message}", head?.Text, null);
        }
    }

    private async Task<BranchReport> ActAsync(Decision decision, ObjectId? head, bool moved, CancellationToken cancellationToken)
    {
        switch (decision)
        {
            case Decision.Close close:
                return Report(BranchOutcome.Closed, close.Because) with { Head = null };
            case Decision.Limited limited:
                return Report(BranchOutcome.Limited, limited.Because) with { Head = null };
            case Decision.HandsOff:
                await SayEditedAsync(decision, cancellationToken);
                return Report(BranchOutcome.Edited, pullRequests.IsForge ? $"somebody pushed to this branch; the label {ProposalLabels.Rebuild} gives it back" : "somebody pushed to this branch; delete it to get it back");
            case Decision.Rest rest:
                if (rest.Facts is { IsSuspended: true, Open: { } open }) await LabelAsync(open, ProposalLabels.Suspended, cancellationToken);
                return Report(BranchOutcome.Kept, rest.Because);
            default:
                return await WriteAsync(decision, Report(moved ? decision is Decision.Open ? BranchOutcome.Opened : BranchOutcome.Updated : BranchOutcome.Unchanged, (decision as Decision.Rebuild)?.Because ?? string.Empty), cancellationToken);
        }

        BranchReport Report(BranchOutcome outcome, string detail) => new(decision.Branch, outcome, detail, head?.Text, null);
    }

    private async Task SayEditedAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Facts.Open is not { } open || open.Labels.Contains(ProposalLabels.Edited)) return;
        await pullRequests.CommentAsync(open, "edited", EditedWords, cancellationToken);
        await LabelAsync(open, ProposalLabels.Edited, cancellationToken);
    }

    private async Task<BranchReport> WriteAsync(Decision decision, BranchReport report, CancellationToken cancellationToken)
    {
        var (shown, written) = await WriteTextAsync(decision, cancellationToken);
        var (proposal, opened, said) = (shown with { Head = report.Head }, decision is Decision.Open && pullRequests.IsForge, new List<string> { report.Detail });

        // Without a label of the settings nothing tells a later pass that people were asked: then only whoever opens it asks.
        if (settings.Labels.IsEmpty ? opened : settings.Labels.Any(label => !proposal.Labels.Contains(label)))
            said.Add(await pullRequests.AskAsync(proposal, settings.Reviewers, settings.Assignees, cancellationToken));
        await LabelAsync(proposal, null, cancellationToken);
        if (AutoMerging.Of(settings, decision.Proposed!).IsOn && !proposal.MergesItself) said.Add(await pullRequests.AutoMergeAsync(proposal, on: true, cancellationToken));
        return report with
        {
            Outcome = opened ? BranchOutcome.Opened : report.Outcome,
            Detail = string.Join("; ", said.Where(word => word.Length > 0)),
            Receipt = new ProposalReceipt(decision.Branch, proposal.Location, written),
        };
    }

    private async Task<(Proposal Proposal, bool Written)> WriteTextAsync(Decision decision, CancellationToken cancellationToken)
    {
        var text = ProposalWriter.Write(decision.Proposed!, planned, settings, pullRequests.IsForge);
        var (open, fresh) = decision.Facts.Open is { } there ? (there, false)
            : (await pullRequests.OpenAsync(text with { Body = ProposalPage.Put(string.Empty, text.Body) }, cancellationToken), true);
        var body = ProposalPage.Put(open.Body, text.Body);
        if (LastingText.Same(body, open.Body) && string.Equals(text.Title, open.Title, StringComparison.Ordinal)) return (open, fresh);
        await pullRequests.UpdateAsync(open, text with { Body = body }, cancellationToken);
        return (open, true);
    }

    private async Task LabelAsync(Proposal proposal, string? state, CancellationToken cancellationToken)
    {
        var change = ProposalLabels.Change(proposal.Labels, settings.Labels, state);
        if (!change.IsEmpty) await pullRequests.LabelAsync(proposal, change, cancellationToken);
    }
}
