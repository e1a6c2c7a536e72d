using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Which instances are asked about.</summary>
/// <param name="Codes">The instances; none named: all.</param>
/// <param name="Since">From when on older changes count too, whose end is not written down yet.</param>
internal sealed record MergedQuestion(ImmutableArray<InstanceCode> Codes, DateTimeOffset Since)
{
    /// <summary>Commits beside the base head whose history is wanted, where they are here.</summary>
    public ImmutableArray<ObjectId> Others { get; init; } = [];
}

/// <summary>What is merged on base, for the instances that were asked about.</summary>
internal sealed record MergedFleet
{
    /// <summary>The base head.</summary>
    public required CommitRecord Head { get; init; }

    /// <summary>All settings, with the repository's own at the base head.</summary>
    public required EffectiveSettings Settings { get; init; }

    /// <summary>The chart, for the hash.</summary>
    public required PlanRules Rules { get; init; }

    /// <summary>Names the content of <see cref="Rules"/>.</summary>
    public required string RulesKey { get; init; }

    /// <summary>Who is whose ancestor.</summary>
    public required CommitGraph Graph { get; init; }

    /// <summary>Which overlay stood where.</summary>
    public OverlayHistory History { get; init; } = OverlayHistory.Nothing;

    /// <summary>The last change of each instance, in order of code. A removed overlay is listed for as long as it is recent, or was named.</summary>
    public ImmutableArray<MergedChange> Newest { get; init; } = [];

    /// <summary>Older changes that are recent.</summary>
    public ImmutableArray<MergedChange> Older { get; init; } = [];

    /// <summary>The last commit that changed the chart in this repository; null: there is none here.</summary>
    public required LandedChart? Chart { get; init; }

    /// <summary>Where the notes stand.</summary>
    public required NotePages Pages { get; init; }

    /// <summary>What the notes say of the landing commits, by commit.</summary>
    public ImmutableDictionary<ObjectId, ImmutableArray<RolloutNote>> Notes { get; init; } = ImmutableDictionary<ObjectId, ImmutableArray<RolloutNote>>.Empty;

    /// <summary>Named instances that have no overlay, and never had one.</summary>
    public ImmutableArray<InstanceCode> Strangers { get; init; } = [];

    /// <summary>What the notes say of a change.</summary>
    /// <param name="change">The change.</param>
    /// <returns>In order of time.</returns>
    public ImmutableArray<RolloutNote> NotesOf(MergedChange change) =>
        Notes.TryGetValue(change.Commit, out var notes) ? [.. notes.Where(note => note.Code == change.Code.Text)] : [];
}

/// <summary>The last commit that changed the chart.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Place">Its place on the line.</param>
internal sealed record LandedChart(ObjectId Commit, int Place);
