using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>Tells an instance's history from commits and notes.</summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="notes">The notes.</param>
internal sealed partial class InstanceHistory(Repository repository, NoteBook notes)
{
    // A merged branch of ours has one commit for each instance of its change set, at most 500.
    private const int LongestBranch = 500;

    /// <summary>All changes of an instance's overlay on base, newest first.</summary>
    /// <param name="head">The base head.</param>
    /// <param name="path">The overlay's path.</param>
    /// <param name="code">The instance.</param>
    /// <param name="pages">Where the notes stand.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes.</returns>
    public async Task<ImmutableArray<Landing>> ReadAsync(
        ObjectId head, RepositoryPath path, InstanceCode code, NotePages pages, CancellationToken cancellationToken)
    {
        var changes = await repository.ReadHistoryAsync(head, path, cancellationToken);
        var texts = await notes.ReadAsync(pages, changes.Select(change => change.Commit), cancellationToken);
        var hashes = await HashesAsync(changes, code, cancellationToken);
        var landings = ImmutableArray.CreateBuilder<Landing>(changes.Length);
        foreach (var change in changes)
        {
            var facts = RolloutNote.ReadAll(texts.GetValueOrDefault(change.Commit, string.Empty)).Notes;
            landings.Add(await TellAsync(change, code, [.. facts.Where(note => note.Code == code.Text)], hashes, cancellationToken));
        }

        return landings.ToImmutable();
    }

    /// <summary>Tells of one change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="code">The instance.</param>
    /// <param name="facts">What the notes say of it.</param>
    /// <param name="hashes">The hash by blob.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All that commits and notes say.</returns>
    public async Task<Landing> TellAsync(
        PathChange change, InstanceCode code, ImmutableArray<RolloutNote> facts, IReadOnlyDictionary<ObjectId, string?> hashes, CancellationToken cancellationToken)
    {
        var commit = await repository.ReadCommitAsync(change.Commit, cancellationToken);
        var own = Trailers.Of(commit.Message, code.Text);
        var merged = own is null && commit.Parents.Length > 1 ? await InsideAsync(commit, change, code, cancellationToken) : null;
        var (trailers, landed) = (own ?? merged, facts.FirstOrDefault(note => note.Event == NoteEvent.Landed));
        var origin = merged is not null ? ChangeOrigin.Merge : own is not null ? ChangeOrigin.Commit : landed is not null ? ChangeOrigin.Note : ChangeOrigin.Person;
        var (before, after) = (Hash(change.Before, hashes), Hash(change.After, hashes));
        return new Landing
        {
            Commit = change.Commit,
            At = commit.Committer.Date.Time,
            Code = code,
            Origin = origin,
            Author = origin == ChangeOrigin.Person ? commit.Author.Person : null,
            MergedBy = landed?.MergedBy ?? (origin == ChangeOrigin.Merge ? commit.Author.Person : null),
            Subject = commit.Message.Split('\n')[0],
            Before = change.Before,
            After = change.After,
            HashBefore = before,
            HashAfter = after,
            Restart = landed?.Restart ?? trailers?.GetValueOrDefault("Odoosky-Restart"),
            Request = new Request(
                landed?.RequestedBy ?? trailers?.GetValueOrDefault("Odoosky-Requested-By") ?? string.Empty,
                landed?.Reason ?? trailers?.GetValueOrDefault("Odoosky-Reason") ?? string.Empty,
                landed?.Ticket ?? trailers?.GetValueOrDefault("Odoosky-Ticket") ?? string.Empty),
            PullRequest = landed?.PullRequest ?? NumberIn(commit.Message),
            DesiredRevision = trailers?.GetValueOrDefault("Odoosky-Desired-Revision"),
            Change = landed?.Change ?? trailers?.GetValueOrDefault("Odoosky-Change"),
            Doubts = Doubts(trailers, before, after),
            Notes = facts,
        };
    }

    // The merged branch is walked from its tip: the commit that speaks of the instance and has the merged bytes tells of it.
    private async Task<ImmutableDictionary<string, string>?> InsideAsync(
        CommitRecord merge, PathChange change, InstanceCode code, CancellationToken cancellationToken)
    {
        var at = merge.Parents[1];
        for (var i = 0; i < LongestBranch; i++)
        {
            var commit = await repository.ReadCommitAsync(at, cancellationToken);
            var here = await repository.FindAsync(at, RepositoryPath.TryParse(change.Path)!, cancellationToken);
            if (here == change.After && Trailers.Of(commit.Message, code.Text) is { } trailers) return trailers;
            if (here == change.Before || commit.Parents.IsEmpty) return null;
            at = commit.Parents[0];
        }

        return null;
    }

    private async Task<Dictionary<ObjectId, string?>> HashesAsync(
        ImmutableArray<PathChange> changes, InstanceCode code, CancellationToken cancellationToken)
    {
        var ids = changes.SelectMany(change => new[] { change.Before, change.After }).OfType<ObjectId>().Distinct().ToList();
        var hashes = new Dictionary<ObjectId, string?>();
        await foreach (var blob in repository.ReadBlobsAsync(ids, cancellationToken))
            hashes[blob.Id] = blob.Content is { } text && OverlayDocument.Read("overlay", text, code).Document?.Values.Find("addons") is { } addons ? AddonsHash.Of(addons) : null;
        return hashes;
    }

    private static string? Hash(ObjectId? blob, IReadOnlyDictionary<ObjectId, string?> hashes) => blob is null ? null : hashes.GetValueOrDefault(blob);

    private static ImmutableArray<string> Doubts(ImmutableDictionary<string, string>? trailers, string? before, string? after)
    {
        if (trailers?.GetValueOrDefault("Odoosky-Addons-Hash") is not { } claim || claim.Split("..") is not [var was, var became]) return [];
        var wrong = (before is not null && was != before) || (after is not null && became != after);
        return wrong ? [$"the commit claims the hashes {claim}, the overlays say {before ?? "none"}..{after ?? "none"}"] : [];
    }

    private static long? NumberIn(string message) =>
        PullRequestNumber().Match(message.Split('\n')[0]) is { Success: true } match
        && long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^Merge pull request #(?<number>[0-9]{1,18}) |\(#(?<number>[0-9]{1,18})\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestNumber();
}
