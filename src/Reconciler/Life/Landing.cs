using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>Who made a change of an overlay.</summary>
internal enum ChangeOrigin
{
    /// <summary>Our proposal, merged with a merge commit.</summary>
    Merge,

    /// <summary>Our proposal as one commit on base: a squash, a rebase, or somebody pushed the same bytes with our trailers.</summary>
    Commit,

    /// <summary>A note of ours says so, though the commits' trailers are lost.</summary>
    Note,

    /// <summary>Somebody else: no trailer speaks of it, and no note knows more than that it landed.</summary>
    Person,
}

/// <summary>
/// One change of one instance's overlay on base, told from commits and notes alone; null is what can't be known. A pass, which asks
/// only what of ours arrived, tells it from the commit that carries our trailers; the audit tells all of it.
/// </summary>
internal sealed record Landing
{
    /// <summary>The first commit on base's first-parent line that has it; in a pass, the commit that carries our trailers.</summary>
    public required ObjectId Commit { get; init; }

    /// <summary>When that commit was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The instance.</summary>
    public required InstanceCode Code { get; init; }

    /// <summary>Who made the change.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>The author of a person's change, as git tells it; null for ours.</summary>
    public string? Author { get; init; }

    /// <summary>Who merged.</summary>
    public string? MergedBy { get; init; }

    /// <summary>The commit's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The overlay before, or null when there was none.</summary>
    public ObjectId? Before { get; init; }

    /// <summary>The overlay after, or null when it was removed.</summary>
    public ObjectId? After { get; init; }

    /// <summary>The addons hash before, computed from the overlay itself.</summary>
    public string? HashBefore { get; init; }

    /// <summary>The addons hash after, computed from the overlay itself.</summary>
    public string? HashAfter { get; init; }

    /// <summary>What the forecast said.</summary>
    public string? Restart { get; init; }

    /// <summary>Who asked, and why.</summary>
    public Request Request { get; init; } = Request.None;

    /// <summary>The pull request's number.</summary>
    public long? PullRequest { get; init; }

    /// <summary>What the wish was read from.</summary>
    public string? DesiredRevision { get; init; }

    /// <summary>The change digest.</summary>
    public string? Change { get; init; }

    /// <summary>Where a trailer says otherwise than the overlay itself.</summary>
    public ImmutableArray<string> Doubts { get; init; } = [];

    /// <summary>The commit whose trailers speak of it: this one, or one of the branch that it merged; null when none does.</summary>
    public ObjectId? ToldBy { get; init; }

    /// <summary>The commits that are signed, among those that tell of it, and with what: <c>ssh</c>, <c>openpgp</c>, <c>x509</c>.</summary>
    public ImmutableArray<SignedCommit> Signed { get; init; } = [];

    /// <summary>What the notes say of it, in order of time.</summary>
    public ImmutableArray<RolloutNote> Notes { get; init; } = [];

    /// <summary>The last word of the notes on whether it runs, or null when they say nothing.</summary>
    public RolloutNote? LastVerdict => Notes.LastOrDefault(note => note.Event != NoteEvent.Landed);

    /// <summary>When it was first proven live, or null.</summary>
    public DateTimeOffset? LiveAt => Notes.FirstOrDefault(note => note.Event == NoteEvent.Live)?.At;
}

/// <summary>A commit that bears a signature.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="With">What kind of signature: <c>ssh</c>, <c>openpgp</c>, <c>x509</c>.</param>
internal sealed record SignedCommit(ObjectId Commit, string With);
