using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cluster;

/// <summary>
/// Asks Argo CD to look again, seldom: the annotation on the object tells when it was last asked for, by whomever, and a request
/// that moved nothing (older versions of Argo CD lose some) is repeated after 3, 6, 12, at most 24 minutes.
/// </summary>
internal sealed class Refreshing(ApiServer server, ClusterLimits limits, TimeProvider time)
{
    private const int LongestBackoff = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Request> requests = new(StringComparer.Ordinal);

    /// <summary>Asks, unless it is too soon.</summary>
    /// <param name="application">The Application as last seen.</param>
    /// <param name="kind">How thoroughly.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it.</returns>
    public async Task<RefreshAnswer> AskAsync(ApplicationState application, RefreshKind kind, CancellationToken cancellationToken)
    {
        if (!Begin(application)) return RefreshAnswer.TooSoon;
        try
        {
            await server.PatchAsync(PathOf(application), Body(kind), cancellationToken);
            return RefreshAnswer.Asked;
        }
        catch (ClusterFailure failure) when (failure.Kind is ClusterFailureKind.Forbidden or ClusterFailureKind.NotFound)
        {
            return failure.Kind == ClusterFailureKind.Forbidden ? RefreshAnswer.Forbidden : RefreshAnswer.Missing;
        }
    }

    private static string PathOf(ApplicationState application) =>
        $"/apis/argoproj.io/v1alpha1/namespaces/{Uri.EscapeDataString(application.Namespace)}/applications/{Uri.EscapeDataString(application.Name)}?fieldManager=odoosky-gitops";

    private bool Begin(ApplicationState application)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            var last = requests.GetValueOrDefault(application.Uid);
            var lost = last is not null && last.ReconciledAt == application.Status.ReconciledAt ? last.Lost + 1 : 0;
            var wait = limits.Refresh * Math.Min(1 << Math.Min(Math.Max(lost - 1, 0), 10), LongestBackoff);
            if (last is not null && now - last.AskedAt < wait) return false;
            if (application.RefreshRequestedAt is { } by && now - by < limits.Refresh && by <= now) return false;
            requests[application.Uid] = new Request(now, application.Status.ReconciledAt, lost);
            return true;
        }
    }

    private byte[] Body(RefreshKind kind)
    {
        var word = kind == RefreshKind.Hard ? "hard" : "normal";
        var now = UtcTime.Write(time.GetUtcNow());
        var annotations = $"\"argocd.argoproj.io/refresh\":\"{word}\",\"argocd.argoproj.io/refresh-timestamp\":\"{now}\"";
        return Encoding.UTF8.GetBytes($"{{\"metadata\":{{\"annotations\":{{{annotations}}}}}}}");
    }

    private sealed record Request(DateTimeOffset AskedAt, DateTimeOffset? ReconciledAt, int Lost);
}
