namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Codes of this room's problems, listed in docs/reference/problems.md.</summary>
internal static class ProofCodes
{
    /// <summary>A named instance has no overlay on base.</summary>
    public const string NoOverlay = "OSG0905";

    /// <summary>Verdicts could not be written down: notes, comments or commit statuses.</summary>
    public const string NotWritten = "OSG0906";
}
