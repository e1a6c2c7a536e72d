using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads one target of <c>odoosky.yaml</c>.</summary>
internal sealed class TargetReader(StrictFile file, TargetSettings below, TargetPlaces places)
{
    public static StrictShape Shape { get; } = StrictShape.Of(
        "repository", "repositoryId", "base", "forge", "desired", "cluster", "schedule", "helm");

    public static StrictShape DesiredShape { get; } = StrictShape.Of(
        "kind", "path", "repository", "branch", "connectionFile", "instancesQuery", "addonsQuery");

    public TargetSettings Read(StrictEntry entry)
    {
        if (entry.Value.Map(Shape) is not { } map) return below;
        places.Add(below.Name, entry.Place, map.Find("repository") is not null);
        return below with
        {
            Repository = ReadRepository(map) ?? below.Repository,
            RepositoryId = map.Find("repositoryId")?.Whole(1, long.MaxValue / 1024) ?? below.RepositoryId,
            Base = map.Find("base").Checked(BranchName.IsValid, "a branch's name") ?? below.Base,
            Forge = ForgeReader.Read(map, below.Forge),
            Desired = ReadDesired(map),
            Cluster = ClusterReader.Read(map, below.Cluster),
            Schedule = ScheduleReader.Read(map, below.Schedule),
            Helm = ReadHelm(map) ?? below.Helm,
        };
    }

    private string? ReadRepository(StrictMap map)
    {
        if (map.Find("repository") is not { } node || node.Text() is not { } text) return null;
        if (RepositoryAddress.HasCredentials(text))
            file.Error(
                SettingsCodes.Credentials,
                node.Place,
                $"{node.Name} holds credentials, which would reach logs and other programs.",
                "Take them out, and use forge: {tokenFile: ...} or an SSH key.");
        else if (RepositoryAddress.IsValid(text)) return text;
        else node.Wrong("a path, or a file://, https:// or ssh:// address");
        return null;
    }

    private DesiredSettings ReadDesired(StrictMap target)
    {
        if (target.Map("desired", DesiredShape) is not { } map) return below.Desired;
        return below.Desired with
        {
            Kind = map.Find("kind")?.Word<DesiredKind>() ?? below.Desired.Kind,
            Path = map.Find("path").Checked(RepositoryPath.IsValid, "a folder in the repository, such as desired") ?? below.Desired.Path,
            Repository = ReadRepository(map) ?? below.Desired.Repository,
            Branch = map.Find("branch").Checked(BranchName.IsValid, "a branch's name") ?? below.Desired.Branch,
            ConnectionFile = map.Find("connectionFile").FileName() ?? below.Desired.ConnectionFile,
            InstancesQuery = map.Find("instancesQuery")?.Sentence() ?? below.Desired.InstancesQuery,
            AddonsQuery = map.Find("addonsQuery")?.Sentence() ?? below.Desired.AddonsQuery,
        };
    }

    private static string? ReadHelm(StrictMap map)
    {
        if (map.Find("helm") is not { } node || node.Literal() is not { } text) return null;
        var parts = text.Split('.');
        if (parts.Length is 1 or 3 && parts[0] is "3" or "4" && parts.All(part => part.Length is > 0 and < 4 && part.All(char.IsAsciiDigit))) return text;
        node.Wrong("a Helm version: 3, 4 or x.y.z");
        return null;
    }
}
