using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>Which clusters are read, and which of Argo CD's destinations is which.</summary>
/// <param name="Clusters">The cluster that runs Argo CD, named <c>this</c>, and one for each other context in use.</param>
/// <param name="ArgocdNamespaces">Where Applications are.</param>
/// <param name="Destinations">A server's address without a slash at its end, or a cluster's name in Argo CD, to a cluster's name.</param>
internal sealed record ClusterPlan(
    ImmutableArray<ClusterAccess> Clusters,
    ImmutableArray<string> ArgocdNamespaces,
    ImmutableSortedDictionary<string, string> Destinations)
{
    /// <summary>Argo CD's own cluster, by address and by name, unless the settings map them otherwise.</summary>
    private static readonly string[] Own = ["https://kubernetes.default.svc", "in-cluster"];

    /// <summary>Finds the ways into all clusters of a target. Talks to nobody.</summary>
    /// <param name="settings">The target's <c>cluster</c>.</param>
    /// <param name="place">Where they are set, for problems without a better place.</param>
    /// <param name="environment">The process's environment.</param>
    /// <returns>The plan, or all problems.</returns>
    public static (ClusterPlan? Plan, ImmutableArray<Problem> Problems) Make(
        ClusterSettings settings, Place place, IReadOnlyDictionary<string, string> environment)
    {
        var contexts = settings.Destinations.Values.Where(context => context != FleetReading.This).Distinct(StringComparer.Ordinal).ToList();
        List<AccessReading> readings = settings.Kubeconfig is null
            ? [InCluster.Read(environment, InCluster.Folder), .. contexts.Select(context => NeedsFile(context, place))]
            : FromFile(settings, settings.Kubeconfig, contexts);
        var problems = readings.SelectMany(reading => reading.Problems).Distinct().ToImmutableArray();
        if (!problems.IsEmpty)
        {
            foreach (var reading in readings) reading.Access?.Dispose();
            return (null, problems);
        }

        return (new ClusterPlan([.. readings.Select(reading => reading.Access!)], settings.ArgocdNamespaces, Map(settings.Destinations)), []);
    }

    private static List<AccessReading> FromFile(ClusterSettings settings, string path, List<string> contexts)
    {
        var rules = new KubeconfigRules(settings.InsecureSkipTlsVerify, settings.AllowExec);
        if (Kubeconfig.Open(path) is not { File: { } file } opening) return [new AccessReading(null, Kubeconfig.Open(path).Problems)];
        return [file.Read(FleetReading.This, settings.Context, rules), .. contexts.Select(context => file.Read(context, context, rules))];
    }

    private static AccessReading NeedsFile(string context, Place place) => new(null,
    [
        new Problem(ClusterCodes.Unusable, Severity.Error, $"The destination's context {context} needs a kubeconfig.", "Set cluster.kubeconfig to a file with that context.", place, null),
    ]);

    private static ImmutableSortedDictionary<string, string> Map(ImmutableSortedDictionary<string, string> destinations)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var own in Own) all[own] = FleetReading.This;
        foreach (var (destination, cluster) in destinations) all[destination.TrimEnd('/')] = cluster;
        return all.ToImmutable();
    }
}

/// <summary>Codes of this room's problems, listed in docs/reference/problems.md.</summary>
internal static class ClusterCodes
{
    /// <summary>A kubeconfig or a service account that can't be used.</summary>
    public const string Unusable = "OSG0901";

    /// <summary>Something dangerous in a kubeconfig that the settings do not allow by name.</summary>
    public const string Danger = "OSG0902";

    /// <summary>A verb needs a cluster, and the settings name none.</summary>
    public const string None = "OSG0903";

    /// <summary>A cluster can't be read: unreachable, or it does not accept the credentials.</summary>
    public const string Unread = "OSG0904";
}
