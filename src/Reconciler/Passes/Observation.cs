using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>An overlay as it stands in a tree.</summary>
/// <param name="Code">Whose it is, from its path.</param>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Blob">Its blob id.</param>
internal sealed record OverlayEntry(InstanceCode Code, string Path, string Blob);

/// <summary>An overlay with its bytes.</summary>
/// <param name="Entry">Where it stands.</param>
/// <param name="Text">Its bytes.</param>
internal sealed record OverlayFile(OverlayEntry Entry, ReadOnlyMemory<byte> Text)
{
    /// <summary>Parses it anew.</summary>
    /// <returns>The document or its problems.</returns>
    public OverlayReading Read() => OverlayDocument.Read(Entry.Path, Text, Entry.Code);
}

/// <summary>Everything that a plan is made of, read from one commit each of base and wish.</summary>
internal sealed record Observation
{
    /// <summary>The base head's full id.</summary>
    public required string BaseCommit { get; init; }

    /// <summary>All settings, with the repository's own at the base head.</summary>
    public required EffectiveSettings Effective { get; init; }

    /// <summary>How the repository's overlays are kept.</summary>
    public GitOpsSettings Settings => Effective.GitOps;

    /// <summary>The chart and the policy.</summary>
    public required PlanRules Rules { get; init; }

    /// <summary>Names the content of <see cref="Rules"/>.</summary>
    public required string RulesKey { get; init; }

    /// <summary>The wish.</summary>
    public required DesiredState Desired { get; init; }

    /// <summary>Where the wish was read, in words.</summary>
    public required string DesiredFrom { get; init; }

    /// <summary>The overlays on base, by code.</summary>
    public required IReadOnlyDictionary<InstanceCode, OverlayFile> Overlays { get; init; }

    /// <summary>Problems of the repository's shape and settings.</summary>
    public required ImmutableArray<Problem> Problems { get; init; }

    /// <summary>Instances that a problem of the repository's shape stops, such as a symlink on an overlay's path.</summary>
    public required ImmutableHashSet<InstanceCode> Blocked { get; init; }

    /// <summary>Whether two observations come from one reading, so that at most the commits' ids differ.</summary>
    /// <param name="other">Another observation.</param>
    /// <returns>True when they share the rules that each reading makes anew.</returns>
    public bool IsOfSameTreesAs(Observation other) => ReferenceEquals(Rules, other.Rules);
}
