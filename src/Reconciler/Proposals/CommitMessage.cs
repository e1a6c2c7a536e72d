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

    /// <summary>The trailer that holds an instance's change digest.</summary>
    public const string ChangeTrailer = "Odoosky-Change";

    private const string InstanceTrailer = "Odoosky-Instance";
    private const string RevisionTrailer = "Odoosky-Desired-Revision";

    /// <summary>The message for one instance's commit.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="change">The instance.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set, OverlayChange change) =>
        $"{ProposalTitle.Of(set.Target, change)}\n\n{PlainText.Quiet(change.Sentence)}\n\n{Trailers(change)}{Content(set)}";

    /// <summary>The message for one commit that carries a whole change set.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Of(ChangeSet set)
    {
        var text = new StringBuilder($"{ProposalTitle.Of(set)}\n\n");
        foreach (var change in set.Changes) text.Append(change.Code).Append(": ").Append(PlainText.Quiet(change.Sentence)).Append('\n');
        text.Append('\n');
        foreach (var change in set.Changes) text.Append(Trailers(change));
        return text.Append(Content(set)).ToString();
    }

    /// <summary>The content digest in a commit's trailers.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <returns>The digest of the last such trailer, or null when there is none.</returns>
    public static string? ContentIn(string message) => message.Split('\n')
        .LastOrDefault(line => line.StartsWith(ContentTrailer + ": ", StringComparison.Ordinal))?[(ContentTrailer.Length + 2)..].Trim();

    /// <summary>The changes in a commit's trailers, also where a squash put several messages into one.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <returns>Code, change digest, and the revision of the wish or null; in the order of the message.</returns>
    public static IEnumerable<(string Code, string Change, string? Revision)> ChangesIn(string message)
    {
        string? code = null, revision = null;
        foreach (var line in message.Split('\n').Select(line => line.Trim()))
        {
            if (After(line, InstanceTrailer) is { } instance) (code, revision) = (instance, null);
            else if (After(line, RevisionTrailer) is { } named) revision = named;
            else if (code is not null && After(line, ChangeTrailer) is { } change) yield return (code, change, revision);
        }
    }

    private static string? After(string line, string trailer) =>
        line.StartsWith(trailer + ": ", StringComparison.Ordinal) ? line[(trailer.Length + 2)..].Trim() : null;

    private static string Trailers(OverlayChange change)
    {
        var text = new StringBuilder();
        Add(InstanceTrailer, change.Code.Text);
        Add("Odoosky-Addons-Hash", $"{change.HashBefore ?? "none"}..{change.HashAfter ?? "none"}");
        Add("Odoosky-Restart", PlanWords.Word(change.Forecast.Restart));
        Add(RevisionTrailer, change.DesiredRevision);
        Add("Odoosky-Requested-By", change.Request.RequestedBy);
        Add("Odoosky-Reason", change.Request.Reason);
        Add("Odoosky-Ticket", change.Request.Ticket);
        Add(ChangeTrailer, change.Digest);
        return text.ToString();

        // Text from rows is folded to one line, so it can neither begin a trailer of its own nor end the block, nor close an issue.
        void Add(string name, string value)
        {
            var line = PlainText.Quiet(value);
            if (line.Length > 0) text.Append(name).Append(": ").Append(line).Append('\n');
        }
    }

    private static string Content(ChangeSet set) => $"{ContentTrailer}: {set.ContentDigest}\n";
}
