using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>What is known of a change of an overlay, before it is told as one landing.</summary>
/// <param name="Commit">The landing commit.</param>
/// <param name="Change">What the overlay was and became.</param>
/// <param name="Code">The instance.</param>
internal sealed record LandingFacts(CommitRecord Commit, PathChange Change, InstanceCode Code)
{
    /// <summary>The commit of a merged branch whose trailers speak of the instance, or null.</summary>
    public CommitRecord? Inside { get; init; }

    /// <summary>What the notes say of the instance, in order of time.</summary>
    public ImmutableArray<RolloutNote> Notes { get; init; } = [];

    /// <summary>The addons hash by overlay.</summary>
    public required IReadOnlyDictionary<ObjectId, string?> Hashes { get; init; }
}

/// <summary>
/// The one reader of landings: puts together what commits, their trailers and notes say. A note beats a trailer, and the overlay
/// itself beats both.
/// </summary>
internal static partial class LandingReader
{
    /// <summary>Tells a landing whole.</summary>
    /// <param name="facts">What is known.</param>
    /// <returns>The landing.</returns>
    public static Landing Of(LandingFacts facts)
    {
        var own = Trailers.Of(facts.Commit.Message, facts.Code.Text);
        var inside = own is null && facts.Inside is { } branch ? Trailers.Of(branch.Message, facts.Code.Text) : null;
        var teller = own is not null ? facts.Commit : inside is not null ? facts.Inside : null;
        var landed = facts.Notes.FirstOrDefault(note => note.Event == NoteEvent.Landed);
        var origin = inside is not null ? ChangeOrigin.Merge : own is not null ? ChangeOrigin.Commit : IsOurs(landed) ? ChangeOrigin.Note : ChangeOrigin.Person;
        return With(OfOverlay(facts, origin), own ?? inside, landed) with
        {
            MergedBy = landed?.MergedBy ?? (origin == ChangeOrigin.Merge ? facts.Commit.Author.Person : null),
            PullRequest = landed?.PullRequest ?? NumberIn(facts.Commit.Message),
            ToldBy = teller?.Id,
            Signed = [.. Signed(new[] { facts.Commit, teller }.OfType<CommitRecord>().DistinctBy(commit => commit.Id))],
            Doubts = Doubts(own ?? inside, Hash(facts.Change.Before, facts.Hashes), Hash(facts.Change.After, facts.Hashes)),
        };
    }

    /// <summary>The changes of ours that a message names, as far as it alone tells them.</summary>
    /// <param name="commit">A commit.</param>
    /// <returns>A landing for each instance with a change digest, in the order of the message.</returns>
    public static IEnumerable<Landing> In(HistoryEntry commit)
    {
        foreach (var (code, trailers) in Trailers.All(commit.Message))
        {
            if (!trailers.ContainsKey(Trailers.Change) || InstanceCode.TryParse(code) is not { } instance) continue;
            var landing = new Landing { Commit = commit.Id, At = commit.At, Code = instance, Origin = ChangeOrigin.Commit, Subject = commit.Message.Split('\n')[0] };
            yield return With(landing, trailers, null) with { ToldBy = commit.Id };
        }
    }

    // Each change on base gets a note that it landed, a person's own edit too; only of ours a note knows where it came from.
    private static bool IsOurs(RolloutNote? landed) => landed is { Change: not null } or { PullRequest: not null } or { RequestedBy: not null } or { MergedBy: not null };

    private static Landing OfOverlay(LandingFacts facts, ChangeOrigin origin) => new()
    {
        Commit = facts.Change.Commit,
        At = facts.Commit.Committer.Date.Time,
        Code = facts.Code,
        Origin = origin,
        Author = origin == ChangeOrigin.Person ? facts.Commit.Author.Person : null,
        Subject = facts.Commit.Message.Split('\n')[0],
        Before = facts.Change.Before,
        After = facts.Change.After,
        HashBefore = Hash(facts.Change.Before, facts.Hashes),
        HashAfter = Hash(facts.Change.After, facts.Hashes),
        Notes = facts.Notes,
    };

    private static Landing With(Landing landing, ImmutableDictionary<string, string>? trailers, RolloutNote? landed) => landing with
    {
        Restart = landed?.Restart ?? trailers?.GetValueOrDefault(Trailers.Restart),
        Request = new Request(
            landed?.RequestedBy ?? trailers?.GetValueOrDefault(Trailers.RequestedBy) ?? string.Empty,
            landed?.Reason ?? trailers?.GetValueOrDefault(Trailers.Reason) ?? string.Empty,
            landed?.Ticket ?? trailers?.GetValueOrDefault(Trailers.Ticket) ?? string.Empty),
        DesiredRevision = landed?.DesiredRevision ?? trailers?.GetValueOrDefault(Trailers.DesiredRevision),
        Change = landed?.Change ?? trailers?.GetValueOrDefault(Trailers.Change),
    };

    private static IEnumerable<SignedCommit> Signed(IEnumerable<CommitRecord> commits) =>
        commits.Where(commit => commit.SignedWith is not null).Select(commit => new SignedCommit(commit.Id, commit.SignedWith!));

    private static string? Hash(ObjectId? blob, IReadOnlyDictionary<ObjectId, string?> hashes) => blob is null ? null : hashes.GetValueOrDefault(blob);

    private static ImmutableArray<string> Doubts(ImmutableDictionary<string, string>? trailers, string? before, string? after)
    {
        if (trailers?.GetValueOrDefault(Trailers.AddonsHash) is not { } claim || claim.Split("..") is not [var was, var became]) return [];
        var wrong = (before is not null && was != before) || (after is not null && became != after);
        return wrong ? [$"the commit claims the hashes {claim}, the overlays say {before ?? "none"}..{after ?? "none"}"] : [];
    }

    private static long? NumberIn(string message) =>
        PullRequestNumber().Match(message.Split('\n')[0]) is { Success: true } match
        && long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^Merge pull request #(?<number>[0-9]{1,18}) |\(#(?<number>[0-9]{1,18})\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestNumber();
}
