using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>What to do with a change that rolls a pod only for audit's sake.</summary>
public enum BuiltinOnlyPolicy
{
    /// <summary>Propose it like any other change.</summary>
    Propose,

    /// <summary>Keep it back until the instance's next real change.</summary>
    Hold,
}

/// <summary>What all instances of a plan share: the chart, the Helm version, the policy.</summary>
public sealed record PlanRules
{
    /// <summary>The chart's <c>values.yaml</c>, or null when the chart has none.</summary>
    public ReadOnlyMemory<byte>? ChartValues { get; init; }

    /// <summary>Where the chart's <c>values.yaml</c> stands, as problems name it.</summary>
    public string ChartPath { get; init; } = "the chart's values.yaml";

    /// <summary>Whether the chart's defaults are known; when not, only an overlay with rows of its own has a certain hash.</summary>
    public bool KnowsChart { get; init; } = true;

    /// <summary>What the chart says of its paths.</summary>
    public required RestartPaths RestartPaths { get; init; }

    /// <summary>The Helm version to answer for; null when all supported ones must agree.</summary>
    public HelmVersion? Helm { get; init; }

    /// <summary>What to do with changes of builtin rows only.</summary>
    public BuiltinOnlyPolicy BuiltinOnly { get; init; } = BuiltinOnlyPolicy.Propose;
}
