using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// Tells how changes ended among the Kubernetes Events of their Applications, for people who live in the cluster. It goes by the
/// notes that are owed, and before them: when the process ends in between, it is told again, under the same name. Where the cluster
/// takes no event just then, it is told by nobody: the notes are the record, and rings and soaks go by them, so they do not wait for it.
/// </summary>
/// <param name="rollouts">The clusters.</param>
internal sealed class EventStory(IRollouts rollouts)
{
    /// <summary>Tells.</summary>
    /// <param name="owed">The notes that are about to be written.</param>
    /// <param name="proofs">The proofs that they are of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why not all could be told, in words; empty when all was.</returns>
    public async Task<ImmutableArray<string>> TellAsync(
        IEnumerable<(ObjectId Commit, RolloutNote Note)> owed, IEnumerable<InstanceProof> proofs, CancellationToken cancellationToken)
    {
        var byChange = proofs.ToDictionary(proof => (proof.Promise.Change.Commit, proof.Code.Text));
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (commit, note) in owed.Where(each => each.Note.Event is NoteEvent.Live or NoteEvent.Failed or NoteEvent.Superseded))
        {
            if (!byChange.TryGetValue((commit, note.Code), out var proof) || proof.Application is not { } application || refused.ContainsKey(application.Namespace)) continue;
            var (trouble, isGone) = await TellAsync(application, Of(proof, note.Event), cancellationToken);
            if (isGone) return [.. refused.Values, trouble];
            if (trouble.Length > 0) refused[application.Namespace] = trouble;
        }

        return [.. refused.Values];
    }

    private static FleetEvent Of(InstanceProof proof, NoteEvent what)
    {
        var commit = proof.Promise.Change.Commit.Text[..12];
        var step = what == NoteEvent.Failed ? $" What to do: {NextStep.Of(proof.Verdict.Reason)}." : string.Empty;
        return new FleetEvent(
            $"{commit}.{EnumWords.Word(what)}", $"Rollout{what}", $"{proof.Code} at commit {commit}: {RolloutStory.Now(proof)}.{step}", what == NoteEvent.Failed);
    }

    // What one namespace refuses another may take; a server that can't be reached, or has too much to do, is not asked again.
    private async Task<(string Trouble, bool IsGone)> TellAsync(ApplicationState application, FleetEvent told, CancellationToken cancellationToken)
    {
        try
        {
            return await rollouts.TellAsync(application, told, cancellationToken)
                ? (string.Empty, false)
                : ($"events of the Applications in {application.Namespace} may not be created: grant create on events there, or set cluster.events to false.", false);
        }
        catch (ClusterFailure failure)
        {
            return (failure.Message, failure.Kind is not (ClusterFailureKind.Refused or ClusterFailureKind.NotFound));
        }
    }
}
