using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Reads our branches. A branch is ours as long as it differs from where it left base in overlays only, and its overlays
/// give the content digest in the newest trailer; a merge of base into it keeps it ours.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="template">Where overlays stand.</param>
/// <param name="memory">What earlier passes read, by head and base.</param>
internal sealed class Branches(Repository repository, OverlayTemplate template, BranchMemory memory)
{
    private const int DeepestMerge = 50;

    /// <summary>Reads a branch.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="baseHead">The base head.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it carries.</returns>
    public async Task<BranchContent> ReadAsync(ObjectId head, ObjectId baseHead, CancellationToken cancellationToken) =>
        memory.Find(head, baseHead) ?? memory.Keep(head, baseHead, await LookAsync(head, baseHead, cancellationToken));

    /// <summary>Whether overlays are the same in two commits.</summary>
    /// <param name="one">A commit.</param>
    /// <param name="other">Another.</param>
    /// <param name="codes">Whose overlays.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True when no overlay of these differs.</returns>
    public async Task<bool> SameOverlaysAsync(
        ObjectId one, ObjectId other, IEnumerable<InstanceCode> codes, CancellationToken cancellationToken)
    {
        if (one == other) return true;
        var changed = (await repository.ChangedPathsAsync(one, other, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return !codes.Any(code => changed.Contains(template.PathOf(code)));
    }

    private async Task<BranchContent> LookAsync(ObjectId head, ObjectId baseHead, CancellationToken cancellationToken)
    {
        if (await repository.FindMergeBaseAsync(baseHead, head, cancellationToken) is not { } fork)
            return new BranchContent(head, null, [], string.Empty, IsOurs: false);
        var paths = await repository.ChangedPathsAsync(fork, head, cancellationToken);
        var codes = paths.Select(template.TryMatch).ToImmutableArray();
        ImmutableArray<InstanceCode> overlays = [.. codes.OfType<InstanceCode>()];
        var content = await ContentAsync(head, overlays, cancellationToken);
        var trailer = await TrailerAsync(head, cancellationToken);
        return new BranchContent(head, fork, overlays, content, overlays.Length == codes.Length && trailer == content);
    }

    private async Task<string> ContentAsync(ObjectId head, ImmutableArray<InstanceCode> codes, CancellationToken cancellationToken)
    {
        if (codes.IsEmpty) return ChangeSet.Content([]);
        var tree = await repository.ListTreeAsync(head, null, cancellationToken);
        var blobs = codes.ToDictionary(code => code, code => tree.Find(RepositoryPath.TryParse(template.PathOf(code))!)?.Id);
        var texts = new Dictionary<ObjectId, ReadOnlyMemory<byte>?>();
        await foreach (var blob in repository.ReadBlobsAsync([.. blobs.Values.OfType<ObjectId>().Distinct()], cancellationToken))
            texts[blob.Id] = blob.Content;
        return ChangeSet.Content(codes.Select(code => (code.Text, blobs[code] is { } id ? texts[id] : null)));
    }

    private async Task<string?> TrailerAsync(ObjectId head, CancellationToken cancellationToken)
    {
        var at = head;
        for (var depth = 0; depth < DeepestMerge; depth++)
        {
            var commit = await repository.ReadCommitAsync(at, cancellationToken);
            if (CommitMessage.ContentIn(commit.Message) is { } content) return content;
            if (commit.Parents.Length < 2) return null;
            at = commit.Parents[0];
        }

        return null;
    }
}
