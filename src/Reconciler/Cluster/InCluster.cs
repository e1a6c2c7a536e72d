using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>The way into the cluster that the program runs in: a service account's token and authority, which Kubernetes puts into every pod.</summary>
internal static class InCluster
{
    /// <summary>Where Kubernetes puts them.</summary>
    public const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Reads.</summary>
    /// <param name="environment">The process's environment: <c>KUBERNETES_SERVICE_HOST</c> and <c>_PORT</c>.</param>
    /// <param name="folder">Where token and authority are.</param>
    /// <returns>The way, or what is missing.</returns>
    public static AccessReading Read(IReadOnlyDictionary<string, string> environment, string folder)
    {
        if (!environment.TryGetValue("KUBERNETES_SERVICE_HOST", out var host) || host.Length == 0)
            return Problem("The program does not run in a cluster, and no kubeconfig is set.", folder);
        var port = environment.GetValueOrDefault("KUBERNETES_SERVICE_PORT", "443");
        var shown = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        if (!Uri.TryCreate($"https://{shown}:{port}", UriKind.Absolute, out var server))
            return Problem("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address.", folder);
        var token = Path.Combine(folder, "token");
        if (!File.Exists(token)) return Problem("The pod has no service account token.", token);
        return WithAuthority(server, token, Path.Combine(folder, "ca.crt"));
    }

    private static AccessReading WithAuthority(Uri server, string token, string authority)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authority);
            return new AccessReading(new ClusterAccess { Name = FleetReading.This, Server = server, Authorities = authorities, Token = BearerToken.InFile(token) }, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Problem("The cluster's authority can't be read.", authority);
        }
    }

    private static AccessReading Problem(string message, string place) => new(null, ImmutableArray.Create(
        new Problem(ClusterCodes.Unusable, Severity.Error, message, "Run it as a pod with a service account, or set cluster.kubeconfig.", new Place(place), null)));
}
