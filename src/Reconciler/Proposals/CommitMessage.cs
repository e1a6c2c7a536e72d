using System.Text;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// A commit's message: a subject, words for a person, and trailers for machines. It depends on nothing but the change
/// set, so the same wish on the same base gives the same commit.
/// </summary>
internal static class CommitMessage
{
    /// <summary>The message for one instance's commit.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="change">The instance.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set, OverlayChange change) =>
        $"{ProposalTitle.Of(set.Target, change)}\n\n{PlainText.Quiet(change.Sentence)}\n\n{Block(change)}{Content(set)}";

    /// <summary>The message for one commit that carries a whole change set.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set)
    {
        var text = new StringBuilder($"{ProposalTitle.Of(set)}\n\n");
        foreach (var change in set.Changes) text.Append(change.Code).Append(": ").Append(PlainText.Quiet(change.Sentence)).Append('\n');
        text.Append('\n');
        foreach (var change in set.Changes) text.Append(Block(change));
        return text.Append(Content(set)).ToString();
    }

    /// <summary>The content digest in a commit's trailers.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <returns>The digest of the last such trailer, or null when there is none.</returns>
    public static string? ContentIn(string message) => Trailers.Last(message, Trailers.Content);

    private static string Block(OverlayChange change) => string.Concat(
        Trailers.Line(Trailers.Instance, change.Code.Text),
        Trailers.Line(Trailers.AddonsHash, $"{change.HashBefore ?? "none"}..{change.HashAfter ?? "none"}"),
        Trailers.Line(Trailers.Restart, PlanWords.Word(change.Forecast.Restart)),
        Trailers.Line(Trailers.DesiredRevision, change.DesiredRevision),
        Trailers.Line(Trailers.RequestedBy, change.Request.RequestedBy),
        Trailers.Line(Trailers.Reason, change.Request.Reason),
        Trailers.Line(Trailers.Ticket, change.Request.Ticket),
        Trailers.Line(Trailers.Change, change.Digest));

    private static string Content(ChangeSet set) => $"{Trailers.Content}: {set.ContentDigest}\n";
}
