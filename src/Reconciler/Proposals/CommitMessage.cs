using System.Text;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// A commit's message: a subject, words for a person, and trailers for machines. It depends on nothing but the change
/// set, so the same wish on the same base gives the same commit.
/// </summary>
internal static class CommitMessage
{
    /// <summary>The trailer that holds the content digest of the whole change set.</summary>
    public const string ContentTrailer = "Odoosky-Content";

    /// <summary>The message for one instance's commit.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="change">The instance.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set, OverlayChange change) =>
        $"{ProposalTitle.Of(set.Target, change)}\n\n{PlainText.Line(change.Sentence)}\n\n{Trailers(change)}{Content(set)}";

    /// <summary>The message for one commit that carries a whole change set.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set)
    {
        var text = new StringBuilder($"{ProposalTitle.Of(set)}\n\n");
        foreach (var change in set.Changes) text.Append(change.Code).Append(": ").Append(PlainText.Line(change.Sentence)).Append('\n');
        text.Append('\n');
        foreach (var change in set.Changes) text.Append(Trailers(change));
        return text.Append(Content(set)).ToString();
    }

    /// <summary>The content digest in a commit's trailers.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <returns>The digest of the last such trailer, or null when there is none.</returns>
    public static string? ContentIn(string message) => message.Split('\n')
        .LastOrDefault(line => line.StartsWith(ContentTrailer + ": ", StringComparison.Ordinal))?[(ContentTrailer.Length + 2)..].Trim();

    private static string Trailers(OverlayChange change)
    {
        var text = new StringBuilder();
        Add("Odoosky-Instance", change.Code.Text);
        Add("Odoosky-Addons-Hash", $"{change.HashBefore ?? "none"}..{change.HashAfter ?? "none"}");
        Add("Odoosky-Restart", PlanWords.Word(change.Forecast.Restart));
        Add("Odoosky-Desired-Revision", change.DesiredRevision);
        Add("Odoosky-Requested-By", change.Request.RequestedBy);
        Add("Odoosky-Reason", change.Request.Reason);
        Add("Odoosky-Ticket", change.Request.Ticket);
        Add("Odoosky-Change", change.Digest);
        return text.ToString();

        // Text from rows is folded to one line, so it can neither begin a trailer of its own nor end the block.
        void Add(string name, string value)
        {
            var line = PlainText.Line(value);
            if (line.Length > 0) text.Append(name).Append(": ").Append(line).Append('\n');
        }
    }

    private static string Content(ChangeSet set) => $"{ContentTrailer}: {set.ContentDigest}\n";
}
