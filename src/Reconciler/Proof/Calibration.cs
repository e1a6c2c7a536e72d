using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>Whether most of the fleet runs with hashes that the overlays do not give: then it is the chart that changed, not the fleet.</summary>
/// <param name="Differ">How many that Argo CD calls deployed carry another hash.</param>
/// <param name="Agree">How many carry the overlay's.</param>
internal sealed record Calibration(int Differ, int Agree)
{
    // With fewer, one edited Deployment would look like a changed chart.
    private const int Fewest = 3;

    /// <summary>Whether hashes prove nothing now.</summary>
    public bool IsOff => Differ >= Fewest && Differ > Agree;

    /// <summary>Counts.</summary>
    /// <param name="all">The verdicts on the fleet.</param>
    /// <returns>The counts.</returns>
    public static Calibration Of(IReadOnlyCollection<InstanceProof> all) =>
        new(all.Count(proof => proof.Verdict.Reason == ReasonCodes.LiveHashDiffers), all.Count(CarriesHash));

    private static bool CarriesHash(InstanceProof proof) =>
        proof.Promise.Hash.Value is { } hash && proof.Seen.Deployments is [var only] && only.Template.AddonsHash == hash;
}
