using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>Objects shaped like those of a real cluster: 1 to 20 KB, most of it fields that nobody reads.</summary>
internal static class ClusterText
{
    public static string[] Kinds { get; } = ["applications", "deployments", "replicasets", "pods"];

    public static string Object(string kind, int i)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"i{i:00000}");
        return kind switch
        {
            "applications" => Wrap("argocd", code, i, Application(code)),
            "pods" => Wrap("odoo-" + code, code + "-odoo-a-b", i, Pod(code)),
            _ => Wrap("odoo-" + code, code + "-odoo", i, Workload(code)),
        };
    }

    private static string Wrap(string space, string name, int i, string rest)
    {
        // Sizes from 1 to 20 KB, spread evenly: what managedFields do in a real cluster.
        var fields = string.Concat(Enumerable.Repeat("\"f:annotations\":{\".\":{},\"f:odoosky.io/addons-hash\":{}},", i * 7919 % 330));
        return $$"""{"metadata":{"name":"{{name}}","namespace":"{{space}}","uid":"uid-{{name}}","resourceVersion":"{{1000 + i}}","generation":2,"creationTimestamp":"2026-11-22T10:08:39Z","labels":{"app.kubernetes.io/instance":"{{name}}","odoosky.io/role":"odoo"},"annotations":{"deployment.kubernetes.io/revision":"2","odoosky.io/addons-hash":"7ca647d03fce340e"},"ownerReferences":[{"uid":"owner-{{name}}","controller":true}],"managedFields":[{"manager":"argocd","fieldsV1":{{{fields}}"f:spec":{} } }]},{{rest}}}""";
    }

    private static string Source(string code) =>
        $$"""{"helm":{"releaseName":"{{code}}","valueFiles":["../../instances/{{code}}/values.yaml"]},"path":"charts/instance","repoURL":"https://git.example/acme/fleet.git","targetRevision":"main"}""";

    private static string Application(string code) =>
        $$"""
        "spec":{"destination":{"namespace":"odoo-{{code}}","server":"https://kubernetes.default.svc"},"project":"odoo","source":{{Source(code)}},"syncPolicy":{"automated":{"selfHeal":true} } },
        "status":{"health":{"status":"Healthy"},"reconciledAt":"2026-11-22T10:19:55Z","history":[{"revision":"a8769141b419fd17babc1bd6cb49c0168d04f66b","deployedAt":"2026-11-22T10:08:47Z","source":{{Source(code)}}}],
        "operationState":{"phase":"Succeeded","finishedAt":"2026-11-22T10:08:47Z","message":"successfully synced (all tasks run)","operation":{"sync":{"revision":"a8769141b419fd17babc1bd6cb49c0168d04f66b"} } },
        "resources":[{"group":"apps","kind":"Deployment","name":"{{code}}-odoo","namespace":"odoo-{{code}}","status":"Synced"}],
        "sync":{"status":"Synced","revision":"a8769141b419fd17babc1bd6cb49c0168d04f66b","comparedTo":{"destination":{"namespace":"odoo-{{code}}"},"source":{{Source(code)}} } } }
        """;

    private static string Workload(string code) =>
        $$"""
        "spec":{"replicas":1,"selector":{"matchLabels":{"app.kubernetes.io/instance":"{{code}}","odoosky.io/role":"odoo"} },"template":{"metadata":{"annotations":{"odoosky.io/addons-hash":"7ca647d03fce340e"} },"spec":{"containers":[{"name":"odoo","image":"registry.example/odoo:17.0"}]} } },
        "status":{"observedGeneration":2,"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1,"conditions":[{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable","lastTransitionTime":"2026-11-22T10:08:51Z","message":"ReplicaSet has successfully progressed."}]}
        """;

    private static string Pod(string code) =>
        $$"""
        "spec":{"containers":[{"name":"odoo","image":"registry.example/odoo:17.0"}],"nodeName":"n-{{code}}"},
        "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-22T10:08:51Z"}],"initContainerStatuses":[{"name":"addon-sale-discount","ready":true,"restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"} } }],"containerStatuses":[{"name":"odoo","ready":true,"restartCount":0,"state":{"running":{"startedAt":"2026-11-22T10:08:50Z"} } }]}
        """;
}
