using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>What else is worth saying of an instance that is live.</summary>
internal static class FindingRules
{
    public static ImmutableArray<Finding> Of(RolloutCase c, Verdict verdict)
    {
        if (verdict.Kind is not VerdictKind.Live and not VerdictKind.ScaledToZero) return [];
        Finding?[] found = [Drift(c), RestartAlarm.Of(c), Unhealthy(c), Paused(c), Inputs(c)];
        return [.. found.OfType<Finding>()];
    }

    private static Finding? Drift(RolloutCase c) =>
        c.Status.Sync.Status == "OutOfSync"
            ? new Finding(FindingCodes.LiveDrift, "Live objects differ from what Git says; the pods are right. Sync the Application, or take the change over into Git.")
            : null;

    private static Finding? Unhealthy(RolloutCase c) =>
        c.Status.Health is { } health and not ("Healthy" or "Suspended")
            ? new Finding(FindingCodes.OtherResourceUnhealthy, $"The Application is {health} by another resource than the Odoo Deployment.")
            : null;

    private static Finding? Paused(RolloutCase c) =>
        c.Deployment is { Paused: true } ? new Finding(FindingCodes.Paused, "The Deployment is paused: the next change will not roll before it is resumed.") : null;

    private static Finding? Inputs(RolloutCase c) =>
        OtherInputs.Of(c) is { } inputs ? new Finding(FindingCodes.OtherInputs, $"Other inputs can change the overlay's addons: {inputs}.") : null;
}
