using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Where targets stand, and which of them name a repository, rightly or wrongly.</summary>
internal sealed class TargetPlaces
{
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> withRepository = new(StringComparer.Ordinal);

    public void Add(string target, Place place, bool hasRepository)
    {
        places.TryAdd(target, place);
        if (hasRepository) withRepository.Add(target);
    }

    public Place? Of(string target) => places.GetValueOrDefault(target);

    public bool HasRepository(string target) => withRepository.Contains(target);
}

/// <summary>What must hold between a target's settings once all layers are known.</summary>
internal static class TargetRules
{
    public static IEnumerable<Problem> Check(TargetSettings target, TargetPlaces places, string path)
    {
        var place = places.Of(target.Name) ?? new Place(path);
        if (!places.HasRepository(target.Name))
            yield return Error(
                SettingsCodes.MissingKey,
                place,
                $"The target {target.Name} has no repository.",
                "Write repository: with a path, or a file://, https:// or ssh:// address.");
        foreach (var (message, remedy) in Forge(target.Forge).Concat(Desired(target.Desired)).Concat(Cluster(target.Cluster)))
            yield return Error(SettingsCodes.Conflict, place, $"The target {target.Name}: {message}", remedy);
    }

    private static IEnumerable<(string Message, string Remedy)> Forge(ForgeSettings forge)
    {
        if (forge is { App: not null, TokenFile: not null })
            yield return (
                "forge has both app and tokenFile.",
                "Keep one of the two.");
        if (forge.Kind == ForgeKind.None && (forge.App is not null || forge.TokenFile is not null))
            yield return (
                "a forge of kind none needs no app and no tokenFile.",
                "Take them out, or write kind: github.");
    }

    private static IEnumerable<(string Message, string Remedy)> Cluster(ClusterSettings? cluster)
    {
        if (cluster is { ApplicationName: not null, ApplicationLabel: not null })
            yield return (
                "cluster has both applicationName and applicationLabel.",
                "Keep one of the two.");
        if (cluster is { Kubeconfig: null, Context: not null })
            yield return (
                "cluster.context names a context of no file.",
                "Write cluster.kubeconfig too, or take the context out.");
    }

    private static IEnumerable<(string Message, string Remedy)> Desired(DesiredSettings desired)
    {
        var git = desired.Kind == DesiredKind.Git;
        if (desired is { Kind: DesiredKind.Postgres, ConnectionFile: null })
            yield return (
                "desired state in postgres needs connectionFile.",
                "Write connectionFile: with the path of a file that holds the connection string.");
        if (git && (desired.ConnectionFile ?? desired.InstancesQuery ?? desired.AddonsQuery) is not null)
            yield return (
                "connectionFile and queries belong to databases, but desired is of kind git.",
                "Take them out, or write kind: sqlite or kind: postgres.");
        if (desired.InstancesQuery is null != desired.AddonsQuery is null)
            yield return (
                "own tables need both instancesQuery and addonsQuery.",
                "Write both, or neither.");
    }

    private static Problem Error(string code, Place place, string message, string remedy) =>
        new(code, Severity.Error, message, remedy, place, null);
}
