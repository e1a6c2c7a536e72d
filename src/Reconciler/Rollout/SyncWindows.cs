using System.Text.RegularExpressions;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Whether a project has a window that can hold an Application's automated sync: one that denies, or one that allows and so
/// denies outside of it. Whether it holds just now is not worked out; that nothing happens is the sign.
/// </summary>
internal static class SyncWindows
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    public static SyncWindow? For(ApplicationState application, AppProjectState? project) =>
        project is null || project.Name != application.Spec.Project ? null
        : project.SyncWindows.FirstOrDefault(window => window.Kind is "deny" or "allow" && IsFor(window, application));

    private static bool IsFor(SyncWindow window, ApplicationState application) =>
        Matches(window.Applications, application.Name)
        || Matches(window.Namespaces, application.Spec.Destination.Namespace)
        || Matches(window.Clusters, application.Spec.Destination.Server)
        || Matches(window.Clusters, application.Spec.Destination.Name);

    private static bool Matches(IEnumerable<string> patterns, string? name) => name is not null && patterns.Any(pattern =>
        Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant, MatchLimit));
}
