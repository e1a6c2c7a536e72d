namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>The verdict when nothing speaks against it, with all that it rests on.</summary>
internal static class LiveRules
{
    public static Verdict WhatIsLeft(RolloutCase c)
    {
        var proof = c.Promise.HashChanged ? LiveProof.Hash : LiveProof.Revision;
        var at = proof == LiveProof.Hash ? Latest(c.NewPods.Select(PodTrouble.ReadySince).Append(c.Operation?.FinishedAt)) : c.Status.ReconciledAt;
        return Verdict.Of(VerdictKind.Live, ReasonCodes.Proven, [.. Evidence(c, c.Deployment!)]) with
        {
            Revision = c.Revision,
            Proof = proof,
            At = at,
            LeadTime = at >= c.Promise.LandedAt ? at - c.Promise.LandedAt : null,
        };
    }

    private static IEnumerable<Evidence> Evidence(RolloutCase c, DeploymentState deployment) =>
    [
        Witness.Sync(c), Witness.Revision(c), Witness.Blob(c), Witness.Reconciled(c), Witness.Finished(c),
        Witness.Hash(c), Witness.ExpectedHash(c), Witness.Generation(deployment), Witness.Counts(deployment), Witness.Newest(c),
        .. c.Pods.Select(Witness.Pod),
    ];

    private static DateTimeOffset? Latest(IEnumerable<DateTimeOffset?> times) => times.Max();
}
