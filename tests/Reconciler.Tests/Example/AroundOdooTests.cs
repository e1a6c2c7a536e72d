using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class AroundOdooTests
{
    [Fact]
    public Task Every_object_carries_the_instances_code() => Renderings.EachAsync(rendered =>
        Assert.All(rendered.Manifests.Objects, item =>
        {
            Assert.Equal(rendered.Case.Code, item.At("metadata.labels")!["app.kubernetes.io/instance"]!.GetValue<string>());
            Assert.StartsWith(rendered.Case.Fullname + "-", item.Text("metadata.name"), StringComparison.Ordinal);
        }));

    [Fact]
    public Task Every_claim_that_a_pod_names_is_in_the_release_and_outlives_it() => Renderings.EachAsync(rendered =>
    {
        foreach (var pod in new[] { rendered.Manifests.OdooPod, rendered.Manifests.PgPod })
        {
            var name = pod.List("spec.volumes").Single(item => item.At("persistentVolumeClaim") is not null)
                .Text("persistentVolumeClaim.claimName");
            var claim = rendered.Manifests.Named("PersistentVolumeClaim", name);
            Assert.Equal(["ReadWriteOnce"], claim.Texts("spec.accessModes"));
            AssertKept(claim);
        }
    });

    [Fact]
    public Task The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own() => Renderings.EachAsync(rendered =>
    {
        var secrets = rendered.Manifests.All("Secret");
        if (rendered.Case.OwnSecret is not null)
        {
            Assert.Empty(secrets);
            return;
        }

        var secret = Assert.Single(secrets);
        Assert.Equal(rendered.Case.DatabaseSecret, secret.Text("metadata.name"));
        Assert.Equal("odoo"u8.ToArray(), Convert.FromBase64String(secret.Text("data.POSTGRES_USER")));
        Assert.Equal(32, Convert.FromBase64String(secret.Text("data.POSTGRES_PASSWORD")).Length);
        AssertKept(secret);
    });

    [Fact]
    public Task A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else() => Renderings.EachAsync(rendered =>
    {
        string[] wanted = [$"PersistentVolumeClaim {rendered.Case.Fullname}-odoo", $"PersistentVolumeClaim {rendered.Case.Fullname}-pg",
            .. rendered.Manifests.All("Secret").Select(secret => "Secret " + secret.Text("metadata.name"))];
        var stays = rendered.Manifests.Objects.Where(item => item.At("metadata.annotations") is JsonObject annotations
            && (annotations.ContainsKey("helm.sh/resource-policy") || annotations.ContainsKey("argocd.argoproj.io/sync-options"))).ToList();
        Assert.Equal(wanted, stays.Select(item => $"{item.Text("kind")} {item.Text("metadata.name")}").Order(StringComparer.Ordinal));
        Assert.All(stays, AssertKept);
    });

    [Fact]
    public Task PostgreSQL_answers_where_Odoo_asks() => Renderings.EachAsync(rendered =>
    {
        var (service, set) = (rendered.Manifests.Named("Service", rendered.Case.Fullname + "-pg"), rendered.Manifests.Pg);
        Assert.Equal(rendered.Case.Fullname + "-pg", set.Text("metadata.name"));
        Assert.Equal(rendered.Case.Fullname + "-pg", set.Text("spec.serviceName"));
        AssertPorts(service, 5432, rendered.Pg);
        AssertSelects(service, rendered.Manifests.PgPod);
        Assert.Equal(rendered.Case.PgImage, rendered.Pg.Container.Text("image"));
    });

    [Fact]
    public Task PostgreSQL_takes_user_and_password_from_the_same_Secret_as_Odoo() => Renderings.EachAsync(rendered =>
    {
        foreach (var key in new[] { "POSTGRES_USER", "POSTGRES_PASSWORD" })
        {
            var variable = rendered.Pg.Container.List("env").Single(item => item.Text("name") == key);
            Assert.Equal(rendered.Case.DatabaseSecret, variable.Text("valueFrom.secretKeyRef.name"));
            Assert.Equal(key, variable.Text("valueFrom.secretKeyRef.key"));
        }
    });

    [Fact]
    public Task Odoos_Service_leads_to_its_pod() => Renderings.EachAsync(rendered =>
    {
        var service = rendered.Manifests.Named("Service", rendered.Case.Fullname + "-odoo");
        AssertPorts(service, 8069, rendered.Odoo);
        AssertSelects(service, rendered.Manifests.OdooPod);
    });

    [Fact]
    public Task An_Ingress_leads_to_the_Service_unless_it_is_switched_off() => Renderings.EachAsync(rendered =>
    {
        var ingresses = rendered.Manifests.All("Ingress");
        Assert.Equal(rendered.Case.Ingress is null ? 0 : 1, ingresses.Length);
        foreach (var backend in ingresses.Select(ingress => ingress.List("spec.rules").Single().List("http.paths").Single()))
        {
            Assert.Equal(("/", "Prefix"), (backend.Text("path"), backend.Text("pathType")));
            Assert.Equal(rendered.Case.Fullname + "-odoo", backend.Text("backend.service.name"));
            Assert.Equal("http", backend.Text("backend.service.port.name"));
        }
    });

    [Fact]
    public Task The_host_is_the_code_under_the_fleets_domain_or_the_one_named() => EachIngressAsync((item, _, ingress) =>
        Assert.Equal(item.Host, ingress.List("spec.rules").Single().Text("host")));

    [Fact]
    public Task Class_certificate_and_annotations_are_those_of_the_overlay() => EachIngressAsync((item, wish, ingress) =>
    {
        Assert.Equal(wish.ClassName, ingress.At("spec.ingressClassName")?.GetValue<string>());
        Assert.Equal(wish.Annotations, ingress.At("metadata.annotations")?.ToJsonString());
        Assert.Equal(wish.TlsSecret is null ? null : $$"""[{"hosts":["{{item.Host}}"],"secretName":"{{wish.TlsSecret}}"}]""",
            ingress.At("spec.tls")?.ToJsonString());
    });

    [Fact]
    public Task With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced() => Renderings.EachAsync(rendered =>
    {
        var retry = rendered.Manifests.All("Middleware").SingleOrDefault();
        Assert.Equal(rendered.Case.Ingress?.Retry, retry?.At("spec.retry")!.ToJsonString());
        if (retry is null) return;
        Assert.Equal(rendered.Case.Fullname + "-retry", retry.Text("metadata.name"));
        Assert.EndsWith($"odoo-test-{rendered.Case.Fullname}-retry@kubernetescrd", rendered.Manifests.Single("Ingress")
            .At("metadata.annotations")!["traefik.ingress.kubernetes.io/router.middlewares"]!.GetValue<string>(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Sizes_and_storage_classes_reach_the_claims() => Renderings.EachAsync(rendered =>
    {
        foreach (var (role, wish) in new[] { ("-odoo", rendered.Case.OdooVolume), ("-pg", rendered.Case.PgVolume) })
        {
            var claim = rendered.Manifests.Named("PersistentVolumeClaim", rendered.Case.Fullname + role);
            Assert.Equal(wish.Size, claim.Text("spec.resources.requests.storage"));
            Assert.Equal(wish.StorageClass, claim.At("spec.storageClassName")?.GetValue<string>());
        }
    });

    private static Task EachIngressAsync(Action<OverlayCase, IngressWish, JsonObject> assertion) => Renderings.EachAsync(rendered =>
    {
        if (rendered.Case.Ingress is { } wish) assertion(rendered.Case, wish, rendered.Manifests.Single("Ingress"));
    });

    private static void AssertKept(JsonNode item)
    {
        var annotations = item.At("metadata.annotations")!.AsObject();
        Assert.Equal("keep", annotations["helm.sh/resource-policy"]!.GetValue<string>());
        Assert.Equal("Prune=false,Delete=false", annotations["argocd.argoproj.io/sync-options"]!.GetValue<string>());
    }

    private static void AssertPorts(JsonNode service, long number, JsonPod pod)
    {
        var (port, target) = (Assert.Single(service.List("spec.ports")), Assert.Single(pod.Container.List("ports")));
        Assert.Equal(number, port.At("port")!.GetValue<long>());
        Assert.Equal(port.Text("targetPort"), target.Text("name"));
        Assert.Equal(number, target.At("containerPort")!.GetValue<long>());
    }

    private static void AssertSelects(JsonNode service, JsonNode pod)
    {
        var labels = pod.At("metadata.labels")!.AsObject();
        foreach (var (key, value) in service.At("spec.selector")!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, labels[key]), key);
    }
}
