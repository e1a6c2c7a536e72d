using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>What happens to an instance's overlay.</summary>
public enum ChangeAction
{
    /// <summary>The overlay already says what is wished.</summary>
    Unchanged,

    /// <summary>There is no overlay yet: one is written.</summary>
    Create,

    /// <summary>The overlay says something else: its managed parts are edited.</summary>
    Update,

    /// <summary>The wish says <c>absent</c>: the overlay is removed.</summary>
    Retire,

    /// <summary>An overlay that no wish names: reported, never touched.</summary>
    Orphaned,

    /// <summary>The wish says <c>suspended</c>: hands off.</summary>
    Suspended,

    /// <summary>A problem inside the instance stops it; the others go on.</summary>
    Stopped,
}

/// <summary>Whether a change rolls pods. Each roll is a short outage.</summary>
public enum Restart
{
    /// <summary>No pod template differs.</summary>
    No,

    /// <summary>The Odoo pod rolls because the hash changes, though no init container does: rows kept for audit changed.</summary>
    AuditOnly,

    /// <summary>A path changes of which the chart does not say what it rolls; counts as a restart.</summary>
    Unknown,

    /// <summary>At least one pod rolls.</summary>
    Yes,
}

/// <summary>An init container that comes (no image before), goes (none after) or changes.</summary>
/// <param name="Name">Its name in the pod, <c>addon-…</c>.</param>
/// <param name="Before">Image and tag before, or null when it is new.</param>
/// <param name="After">Image and tag after, or null when it goes.</param>
public sealed record InitContainerChange(string Name, string? Before, string? After);

/// <summary>What a change costs.</summary>
/// <param name="Restart">Whether pods roll.</param>
/// <param name="Pods">Which: <c>odoo</c>, <c>pg</c>; sorted.</param>
/// <param name="InitContainers">Init containers that come, go or change, by name.</param>
/// <param name="Paths">The effective values that change, other than the addons; sorted.</param>
public sealed record Forecast(
    Restart Restart,
    ImmutableArray<string> Pods,
    ImmutableArray<InitContainerChange> InitContainers,
    ImmutableArray<ValuePath> Paths)
{
    /// <summary>Nothing rolls.</summary>
    public static Forecast Nothing { get; } = new(Restart.No, [], [], []);
}

/// <summary>One instance in a plan: what happens to its overlay, what it costs, and why, as data.</summary>
public sealed record OverlayChange
{
    /// <summary>The instance's code.</summary>
    public required InstanceCode Code { get; init; }

    /// <summary>The overlay's path in the repository.</summary>
    public required string Path { get; init; }

    /// <summary>What happens to the overlay.</summary>
    public required ChangeAction Action { get; init; }

    /// <summary>The overlay's bytes on base, or null when there is none.</summary>
    public ReadOnlyMemory<byte>? Before { get; init; }

    /// <summary>The overlay's bytes as they shall be, or null when it shall not be there or nothing is decided.</summary>
    public ReadOnlyMemory<byte>? After { get; init; }

    /// <summary>The addons hash that Helm renders from base, or null when there is no overlay or no certain hash.</summary>
    public string? HashBefore { get; init; }

    /// <summary>The addons hash that Helm will render, or null when the overlay goes.</summary>
    public string? HashAfter { get; init; }

    /// <summary>What it costs.</summary>
    public Forecast Forecast { get; init; } = Forecast.Nothing;

    /// <summary>What is edited, in the order of the file.</summary>
    public ImmutableArray<EditStep> Steps { get; init; } = [];

    /// <summary>The change in one sentence; preview, commit and pull request say the same.</summary>
    public string Sentence { get; init; } = string.Empty;

    /// <summary>Why this change waits though it is wished, or null.</summary>
    public string? HeldBecause { get; init; }

    /// <summary>The change digest: code and managed values before and after; 64 hex digits, empty when nothing changes.</summary>
    public string Digest { get; init; } = string.Empty;

    /// <summary>Labels of the wish.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Who asked, and why.</summary>
    public Request Request { get; init; } = Request.None;

    /// <summary>Names the content of the wish.</summary>
    public string DesiredRevision { get; init; } = string.Empty;

    /// <summary>Problems and warnings of this instance.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>Whether the overlay is written or removed.</summary>
    public bool Writes => Action is ChangeAction.Create or ChangeAction.Update or ChangeAction.Retire;

    /// <summary>Whether this change is to be proposed now.</summary>
    public bool IsProposed => Writes && HeldBecause is null;
}
