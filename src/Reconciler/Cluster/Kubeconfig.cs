using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>What of a kubeconfig the settings allow by name.</summary>
/// <param name="SkipTlsVerify"><c>insecure-skip-tls-verify</c>.</param>
/// <param name="Exec">A user's <c>exec</c>.</param>
internal sealed record KubeconfigRules(bool SkipTlsVerify, bool Exec = false);

/// <summary>
/// A kubeconfig: kubectl's file of clusters, users and contexts (v1 Config). Other keys are passed over, as kubectl does; paths
/// are relative to the file; of several entries with one name the first counts, as in client-go.
/// </summary>
internal sealed class Kubeconfig
{
    private readonly string path;
    private readonly YamlNode root;

    private Kubeconfig(string path, YamlNode root)
    {
        this.path = path;
        this.root = root;
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>It, or why it can't be read.</returns>
    public static (Kubeconfig? File, ImmutableArray<Problem> Problems) Open(string path)
    {
        try
        {
            var reading = YamlDocument.Read(File.ReadAllBytes(path), YamlLimits.Strict);
            if (reading.Failure is { } failure)
                return (null, [Problem(new Place(path, failure.Line, failure.Column), failure.Message, "Correct the kubeconfig.")]);
            if (reading.Value?.Root is { Kind: YamlKind.Mapping } root) return (new Kubeconfig(path, root), []);
            return (null, [Problem(new Place(path), "The file is no kubeconfig.", "Name a file that kubectl can use.")]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [Problem(new Place(path), $"The kubeconfig can't be read: {failure.GetType().Name}.", "Look at cluster.kubeconfig and the file's rights.")]);
        }
    }

    /// <summary>The way into a context's cluster.</summary>
    /// <param name="name">How readings name the cluster.</param>
    /// <param name="context">The context; null: the file's current one.</param>
    /// <param name="rules">What the settings allow.</param>
    /// <returns>The way, or all that is wrong.</returns>
    public AccessReading Read(string name, string? context, KubeconfigRules rules)
    {
        var chosen = context ?? Text(root, "current-context");
        if (string.IsNullOrEmpty(chosen)) return Wrong(root, "The kubeconfig has no current context.", "Set cluster.context.");
        if (Named("contexts", "context", chosen) is not { } found) return Wrong(root, $"The kubeconfig has no context {chosen}.", "Set cluster.context or the destination to one that it has.");
        if (Named("clusters", "cluster", Text(found, "cluster") ?? "") is not { } cluster) return Wrong(found, $"The context {chosen} names no cluster of the file.", "Correct the kubeconfig.");
        var user = Named("users", "user", Text(found, "user") ?? "");
        if (user is null && !string.IsNullOrEmpty(Text(found, "user"))) return Wrong(found, $"The context {chosen} names no user of the file.", "Correct the kubeconfig.");
        return new KubeconfigEntry(path, name, cluster, user).Read(rules);
    }

    internal static string? Text(YamlNode? node, string key) => node?.Find(key) is { Kind: YamlKind.Scalar } found ? found.Text : null;

    internal static Problem Problem(Place place, string message, string remedy, string code = ClusterCodes.Unusable) =>
        new(code, Severity.Error, message, remedy, place, null);

    private AccessReading Wrong(YamlNode node, string message, string remedy) =>
        new(null, [Problem(new Place(path, node.Line, node.Column), message, remedy)]);

    private YamlNode? Named(string list, string key, string name)
    {
        foreach (var item in root.Find(list)?.Items ?? [])
            if (Text(item, "name") == name) return item.Find(key);
        return null;
    }
}
