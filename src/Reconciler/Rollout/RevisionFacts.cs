using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>How a revision stands to the landing commit.</summary>
internal enum RevisionRelation
{
    /// <summary>The history at hand does not tell: it is shallow, or the revision is not in it.</summary>
    Unknown,

    /// <summary>The landing commit is the revision or an ancestor of it.</summary>
    Contains,

    /// <summary>It is neither.</summary>
    Lacks,
}

/// <summary>What Git says of one revision.</summary>
/// <param name="Relation">How it stands to the landing commit.</param>
/// <param name="OverlayBlob">The overlay's blob there; null: no overlay there, or not known when the relation is not.</param>
internal sealed record RevisionFact(RevisionRelation Relation, string? OverlayBlob)
{
    /// <summary>Nothing is known.</summary>
    public static RevisionFact Unknown { get; } = new(RevisionRelation.Unknown, OverlayBlob: null);
}

/// <summary>
/// Git's answers, looked up before the judge is asked: one for each revision that the Application names in
/// <c>status.sync</c>, in its operations and in its history. A revision that is not listed is unknown.
/// </summary>
internal sealed record RevisionFacts(ImmutableDictionary<string, RevisionFact> ByRevision)
{
    /// <summary>Nothing is known of any revision.</summary>
    public static RevisionFacts None { get; } = new(ImmutableDictionary<string, RevisionFact>.Empty);

    public RevisionFact Of(string? revision) =>
        revision is not null && ByRevision.TryGetValue(revision, out var fact) ? fact : RevisionFact.Unknown;
}
