using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What a pass decided about branches, pull requests and the changes that people refused.</summary>
internal sealed record Decided
{
    /// <summary>Nothing was looked at.</summary>
    public static Decided Nothing { get; } = new();

    /// <summary>One for each branch that is there or wanted, in order of name.</summary>
    public ImmutableArray<Decision> Decisions { get; init; } = [];

    /// <summary>Changes that are wished and not proposed, in order of code.</summary>
    public ImmutableArray<HeldChange> Held { get; init; } = [];

    /// <summary>All proposals that the forge showed.</summary>
    public ImmutableArray<Proposal> Proposals { get; init; } = [];

    /// <summary>Instances that differ because somebody edited base.</summary>
    public ImmutableHashSet<string> EditedOnBase { get; init; } = [];

    /// <summary>What this pass proposes or keeps proposed; guards count it.</summary>
    public IEnumerable<OverlayChange> Proposed => Decisions.SelectMany(decision => decision.Proposed?.Changes ?? []);
}
