using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What one merged overlay change promised: the judge says whether it came true.</summary>
internal sealed record RolloutExpectation
{
    public required InstanceCode Code { get; init; }

    /// <summary>The landing commit: the first one on base's first-parent line that has the overlay as it is to be. A full id.</summary>
    public required string Commit { get; init; }

    /// <summary>When it came to base.</summary>
    public required DateTimeOffset LandedAt { get; init; }

    /// <summary>The overlay's blob; null: the change removed the overlay, the instance is retired.</summary>
    public required string? OverlayBlob { get; init; }

    /// <summary>What the pod template must carry.</summary>
    public required ExpectedHash Hash { get; init; }

    /// <summary>Whether the change gave another hash than before; false: nothing rolls, and the proof is the revision alone.</summary>
    public bool HashChanged { get; init; } = true;

    /// <summary>The first later change on base that left another overlay, or null when ours is the newest.</summary>
    public LandedCommit? NextChange { get; init; }

    /// <summary>The last change, ours included, of the overlay's restart paths or of the chart; null: not known, so no restart is unexpected.</summary>
    public LandedCommit? LastRestart { get; init; }

    /// <summary>What Git says of each revision that the observed Application names.</summary>
    public required RevisionFacts Revisions { get; init; }

    public bool IsRetired => OverlayBlob is null;
}

/// <summary>A commit on base and when it came there.</summary>
internal sealed record LandedCommit(string Commit, DateTimeOffset LandedAt);

/// <summary>The hash that Helm renders, or why it can't be told. Exactly one of the two.</summary>
internal sealed record ExpectedHash
{
    private ExpectedHash(string? value, string? uncertainty) => (Value, Uncertainty) = (value, uncertainty);

    /// <summary>16 hexadecimal digits, or null.</summary>
    public string? Value { get; }

    /// <summary>Why there is none, in words: the overlay can't be read, or Helm's versions read it differently.</summary>
    public string? Uncertainty { get; }

    public static ExpectedHash Of(string value) => new(value, uncertainty: null);

    public static ExpectedHash Uncertain(string why) => new(value: null, why);
}
