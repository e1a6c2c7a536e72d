using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>A change of one overlay on base.</summary>
/// <param name="Code">The instance.</param>
/// <param name="Path">The overlay's path.</param>
/// <param name="Commit">The landing commit: the first on base's first-parent line that has it.</param>
/// <param name="LandedAt">When it came to base, as that commit says.</param>
internal sealed record MergedChange(InstanceCode Code, string Path, ObjectId Commit, DateTimeOffset LandedAt)
{
    /// <summary>The overlay before, or null when there was none.</summary>
    public ObjectId? Before { get; init; }

    /// <summary>The overlay after, or null when it was removed.</summary>
    public ObjectId? After { get; init; }

    /// <summary>The first later change that left another overlay; null: this one is what base says.</summary>
    public MergedChange? Next { get; init; }

    /// <summary>A landing commit changes an overlay once; to compare all later changes too would cost their number.</summary>
    public bool Equals(MergedChange? other) => other is not null && Commit == other.Commit && Code == other.Code;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Commit, Code);
}
