using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>All that is known of one instance.</summary>
internal sealed record InstanceView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusInstance";

    /// <summary>As in the list.</summary>
    public required InstanceLine Instance { get; init; }

    /// <summary>Other targets that have an instance of this code.</summary>
    public ImmutableArray<string> AlsoIn { get; init; } = [];

    /// <summary>Labels of the wish.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The overlay; null: there is none, and none is wished.</summary>
    public OverlayView? Overlay { get; init; }

    /// <summary>What is to change; null: nothing.</summary>
    public PlannedView? Planned { get; init; }

    /// <summary>Whether what was merged is live; null: no cluster is named, or nobody looked yet.</summary>
    public ProofView? Proof { get; init; }

    /// <summary>Its Application, as it was seen last.</summary>
    public ApplicationView? Application { get; init; }

    /// <summary>Its Deployment, as it was seen last.</summary>
    public DeploymentView? Deployment { get; init; }

    /// <summary>Its drift findings.</summary>
    public ImmutableArray<DriftLine> Drift { get; init; } = [];

    /// <summary>Its problems and warnings.</summary>
    public ImmutableArray<ProblemLine> Problems { get; init; } = [];

    /// <summary>Its history, told from Git.</summary>
    public required TimelineView Timeline { get; init; }
}

/// <summary>An overlay.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Bytes">Its size on base; null: it is not there.</param>
/// <param name="HashOnBase">The hash that Helm renders from base.</param>
/// <param name="HashDesired">The hash that Helm will render; null: nothing else is desired, or the overlay goes.</param>
/// <param name="Rows">The addon rows, those that ship with Odoo included: as desired, and those that are to go.</param>
internal sealed record OverlayView(string Path, int? Bytes, string? HashOnBase, string? HashDesired, ImmutableArray<RowView> Rows);

/// <summary>An addon row.</summary>
/// <param name="Code">The addon.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Image">Its image.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsBuiltin">Whether it ships with Odoo: kept for audit, counted in the hash, no init container.</param>
/// <param name="Change"><c>same</c>, <c>added</c>, <c>changed</c> or <c>removed</c>, against base.</param>
/// <param name="Before">What the version was, of a changed row whose version changes.</param>
internal sealed record RowView(string Code, string Source, string Image, string Version, bool IsBuiltin, string Change, string? Before);

/// <summary>What is to change.</summary>
/// <param name="Steps">What is edited, in words.</param>
/// <param name="Restarts">Whether pods restart.</param>
/// <param name="Pods">Which.</param>
/// <param name="InitContainers">Init containers that come, go or change, in words.</param>
/// <param name="Diff">The overlay's change as <c>diff -u</c> shows it, at most 300 lines.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ticket">A ticket's name.</param>
internal sealed record PlannedView(
    ImmutableArray<string> Steps, string Restarts, ImmutableArray<string> Pods, ImmutableArray<string> InitContainers,
    string Diff, string? RequestedBy, string? Reason, string? Ticket);

/// <summary>Whether a merged change is live.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, as a stable word.</param>
/// <param name="Detail">What the word can't say.</param>
/// <param name="Next">What to do.</param>
/// <param name="Since">Since when.</param>
/// <param name="LeadTimeSeconds">From the merge to live.</param>
/// <param name="RestsOn"><c>hash</c> or <c>revision</c>, of what is live.</param>
/// <param name="Progress">Pods ready of those wanted, such as <c>0/1</c>, while it rolls.</param>
/// <param name="Commit">The commit that is meant.</param>
/// <param name="MergedAt">When it was merged.</param>
/// <param name="Evidence">What the verdict rests on, in the order read.</param>
/// <param name="Findings">What else was seen.</param>
internal sealed record ProofView(
    string Verdict, string Reason, string? Detail, string Next, string? Since, long? LeadTimeSeconds, string? RestsOn, string? Progress,
    string Commit, string MergedAt, ImmutableArray<EvidenceView> Evidence, ImmutableArray<FindingView> Findings);

/// <summary>A field that was read.</summary>
/// <param name="Field">Its path in the object.</param>
/// <param name="Value">Its value.</param>
internal sealed record EvidenceView(string Field, string Value);

/// <summary>What else was seen.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Text">For people.</param>
internal sealed record FindingView(string Code, string Text);

/// <summary>An Argo CD Application.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Sync">What Argo CD says of the comparison.</param>
/// <param name="Health">What it says of the health.</param>
/// <param name="Revision">What it compared with.</param>
/// <param name="Phase">The newest sync's phase.</param>
/// <param name="Message">What that said.</param>
/// <param name="Conditions">Errors and warnings.</param>
internal sealed record ApplicationView(
    string Name, string? Sync, string? Health, string? Revision, string? Phase, string? Message, ImmutableArray<string> Conditions);

/// <summary>A Deployment.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Hash">The addons hash of its pod template.</param>
/// <param name="Wanted">Pods wanted.</param>
/// <param name="Ready">Pods ready.</param>
/// <param name="Updated">Pods of the newest template.</param>
/// <param name="Paused">Whether it is paused.</param>
/// <param name="Pods">Its pods.</param>
internal sealed record DeploymentView(string Name, string? Hash, int Wanted, int Ready, int Updated, bool Paused, ImmutableArray<PodView> Pods);

/// <summary>A pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Hash">The addons hash that it carries.</param>
/// <param name="Containers">What its containers do, in words; those that run are left out.</param>
internal sealed record PodView(string Name, string Phase, string? Hash, ImmutableArray<string> Containers);

/// <summary>The history of an instance.</summary>
/// <param name="State"><c>ready</c>; <c>reading</c>: it is read now, look again; <c>failed</c>: it could not be read.</param>
/// <param name="Trouble">Why it could not be read.</param>
/// <param name="Changes">The newest 50 changes of its overlay, newest first.</param>
/// <param name="Older">How many more there are.</param>
internal sealed record TimelineView(string State, string? Trouble, ImmutableArray<TimelineEntry> Changes, int Older);

/// <summary>A change of an overlay on base.</summary>
/// <param name="At">When the commit was made.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Origin">Who made it: <c>merge</c>, <c>commit</c>, <c>note</c> (ours), <c>person</c>.</param>
/// <param name="By">Who merged it, or wrote it.</param>
/// <param name="PullRequest">The pull request's number.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Restart">What the forecast said.</param>
/// <param name="HashBefore">The hash before.</param>
/// <param name="HashAfter">The hash after.</param>
/// <param name="LiveAt">When it was first proven live.</param>
/// <param name="End">The last word of the notes on it, such as <c>failed</c>; null: none yet.</param>
internal sealed record TimelineEntry(
    string At, string Commit, string Subject, string Origin, string? By, long? PullRequest, string? RequestedBy, string? Reason,
    string? Restart, string? HashBefore, string? HashAfter, string? LiveAt, string? End);
