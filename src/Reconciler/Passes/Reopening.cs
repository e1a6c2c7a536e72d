using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Takes a person's "no" back, for one instance. It is written where the "no" is: the closed proposal's marker no longer lists
/// the instance, and a comment says so. The other instances of its group stay declined.
/// </summary>
/// <param name="pullRequests">Where proposals are shown.</param>
/// <param name="target">What it works on.</param>
internal sealed class Reopening(IPullRequests pullRequests, RunTarget target)
{
    /// <summary>Takes it back; the next pass proposes the change again, if it is still wished.</summary>
    /// <param name="code">The instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The proposals that declined it; empty when none did.</returns>
    public async Task<ImmutableArray<Proposal>> ReopenAsync(string code, CancellationToken cancellationToken)
    {
        var all = await pullRequests.ObserveAsync(target.Name, cancellationToken);
        ImmutableArray<Proposal> declined = [.. all.Where(Verdicts.IsDecline).Where(proposal => proposal.Marker?.Changes?.ContainsKey(code) == true)];
        foreach (var proposal in declined)
        {
            var marker = proposal.Marker!;
            var body = ProposalMarker.Replace(proposal.Body, marker with { Changes = marker.Changes!.Remove(code) });
            await pullRequests.CommentAsync(proposal, "reopened-" + code, $"The change of `{code}` may be proposed again (`odoosky pr reopen {code}`).", cancellationToken);
            await pullRequests.UpdateAsync(proposal, new ProposalText(proposal.Branch, target.BaseName, proposal.Title, body), cancellationToken);
        }

        return declined;
    }
}
