namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>Whether the Deployment is there and is told to run what the overlay says.</summary>
internal static class DeploymentRules
{
    public static Verdict? NoneOrSeveralDeployments(RolloutCase c) =>
        c.Seen.Deployments.Length > 1 ? Verdict.Of(VerdictKind.Unknown, ReasonCodes.AmbiguousDeployment, [.. c.Seen.Deployments.Select(Name)])
        : c.Deployment is null ? Verdict.Of(VerdictKind.Missing, ReasonCodes.DeploymentMissing, Witness.Sync(c), Witness.Revision(c))
        : c.Deployment.DeletionTimestamp is { } time
            ? Verdict.Of(VerdictKind.Missing, ReasonCodes.DeploymentMissing, Name(c.Deployment), new Evidence("deployment.metadata.deletionTimestamp", Witness.Time(time)))
        : null;

    public static Verdict? AnotherHash(RolloutCase c)
    {
        if (c.Promise.Hash.Uncertainty is { } why)
            return Verdict.Of(VerdictKind.Unknown, ReasonCodes.HashUncertain, Witness.Hash(c)) with { Detail = why };
        if (c.CarriesHash) return null;
        var inputs = OtherInputs.Of(c);
        var reason = inputs is null ? ReasonCodes.LiveHashDiffers : ReasonCodes.Overridden;
        return Verdict.Of(VerdictKind.Unknown, reason, Witness.Hash(c), Witness.ExpectedHash(c), Witness.Revision(c), Witness.Sync(c)) with { Detail = inputs };
    }

    private static Evidence Name(DeploymentState deployment) => new("deployment.metadata.name", $"{deployment.Namespace}/{deployment.Name}");
}
