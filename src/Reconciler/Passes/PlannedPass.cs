using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What one pass found and would do; nothing has been written yet.</summary>
internal sealed record PlannedPass
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The base branch's name.</summary>
    public required string BaseBranch { get; init; }

    /// <summary>The base head that the plan was made on; its full id.</summary>
    public required string BaseCommit { get; init; }

    /// <summary>Where overlays stand.</summary>
    public required OverlayTemplate Overlays { get; init; }

    /// <summary>The rings of the fleet, in their order.</summary>
    public ImmutableArray<Ring> Rings { get; init; } = [];

    /// <summary>The folder of the wish.</summary>
    public required string DesiredFolder { get; init; }

    /// <summary>Where the wish was read, in words.</summary>
    public required string DesiredFrom { get; init; }

    /// <summary>The branch or commit that the wish was asked for at, or null for the base head.</summary>
    public string? DesiredRevision { get; init; }

    /// <summary>The plan.</summary>
    public required OverlayPlan Plan { get; init; }

    /// <summary>Whether the wish can be trusted as a whole; when not, nothing is proposed.</summary>
    public required bool Usable { get; init; }

    /// <summary>What becomes of branches and pull requests.</summary>
    public Decided Decided { get; init; } = Decided.Nothing;

    /// <summary>What the guards saw.</summary>
    public ImmutableArray<GuardResult> Guards { get; init; } = [];

    /// <summary>Why a guard holds the plan, or null.</summary>
    public Held? Held { get; init; }
}
