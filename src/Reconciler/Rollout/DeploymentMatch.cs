using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Which Deployments are an instance's Odoo: in the destination's namespace, selecting the code and the role odoo. Argo CD's
/// tracking may overwrite a metadata label, and never a selector. When the Application lists Deployments, only those count.
/// </summary>
internal static class DeploymentMatch
{
    private const string InstanceKey = "app.kubernetes.io/instance";
    private const string RoleKey = "odoosky.io/role";
    private const string OdooRole = "odoo";

    public static ImmutableArray<DeploymentState> Find(IEnumerable<DeploymentState> all, ApplicationState application, InstanceCode code)
    {
        var listed = application.Status.Resources.Where(resource => resource is { Kind: "Deployment", Group: "apps" }).ToList();
        return
        [
            .. all.Where(deployment => deployment.Namespace == application.Spec.Destination.Namespace && Selects(deployment, code))
                .Where(deployment => listed.Count == 0 || listed.Exists(resource => resource.Name == deployment.Name))
                .OrderBy(deployment => deployment.Name, StringComparer.Ordinal),
        ];
    }

    private static bool Selects(DeploymentState deployment, InstanceCode code) =>
        deployment.Selector.TryGetValue(InstanceKey, out var instance) && instance == code.Text
        && deployment.Selector.TryGetValue(RoleKey, out var role) && role == OdooRole;
}
