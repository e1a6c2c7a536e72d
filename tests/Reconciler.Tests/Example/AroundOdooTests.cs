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
            var name = pod.List("spec.volumes").Select(item => item.At("persistentVolumeClaim")).OfType<JsonNode>().Single().Text("claimName");
            var claim = rendered.Manifests.Named("PersistentVolumeClaim", name);
            Assert.Equal(["ReadWriteOnce"], claim.Texts("spec.accessModes"));
            AssertKept(claim);
        }
    });

    [Fact]
    public Task The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own() => Renderings.EachAsync(rendered =>
    {
        var secrets = rendered.Manifests.All("Secret");
        if (rendered.Case.DatabaseSecret != rendered.Case.Fullname + "-pg")
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
        AssertPorts(service, 5432, new JsonPod(rendered.Manifests.PgPod));
        AssertSelects(service, rendered.Manifests.PgPod);
        var user = new JsonPod(rendered.Manifests.PgPod).Container.List("env").Single(item => item.Text("name") == "POSTGRES_PASSWORD");
        Assert.Equal(rendered.Case.DatabaseSecret, user.Text("valueFrom.secretKeyRef.name"));
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
        if (rendered.Case.Name == "no Ingress")
        {
            Assert.Empty(rendered.Manifests.All("Ingress"));
            Assert.Empty(rendered.Manifests.All("Middleware"));
            return;
        }

        var backend = rendered.Manifests.Single("Ingress").List("spec.rules").Single().List("http.paths").Single();
        Assert.Equal("/", backend.Text("path"));
        Assert.Equal(rendered.Case.Fullname + "-odoo", backend.Text("backend.service.name"));
        Assert.Equal("http", backend.Text("backend.service.port.name"));
    });

    [Fact]
    public async Task The_host_is_the_code_under_the_fleets_domain_or_the_one_named()
    {
        Assert.All(await Renderings.OfAsync("nothing but a code"), rendered => Assert.Equal("acme.odoo.example", Host(rendered)));
        Assert.All(await Renderings.OfAsync("example alpenhof"), rendered => Assert.Equal("office.alpenhof.example", Host(rendered)));
    }

    [Fact]
    public async Task With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced()
    {
        Assert.All(await Renderings.OfAsync("everything about the Ingress"), rendered =>
        {
            var (ingress, retry) = (rendered.Manifests.Single("Ingress"), rendered.Manifests.Single("Middleware"));
            Assert.Equal("acme-retry", retry.Text("metadata.name"));
            Assert.Equal("""{"attempts":5,"initialInterval":"500ms"}""", retry.At("spec.retry")!.ToJsonString());
            Assert.Equal("acme-headers@kubernetescrd,odoo-test-acme-retry@kubernetescrd",
                ingress.At("metadata.annotations")!["traefik.ingress.kubernetes.io/router.middlewares"]!.GetValue<string>());
            Assert.Equal("traefik", ingress.Text("spec.ingressClassName"));
            Assert.Equal("""[{"hosts":["erp.acme.example"],"secretName":"acme-tls"}]""", ingress.At("spec.tls")!.ToJsonString());
        });
        Assert.All(await Renderings.OfAsync("nothing but a code"), rendered => Assert.Empty(rendered.Manifests.All("Middleware")));
    }

    [Fact]
    public async Task Sizes_and_storage_classes_reach_the_claims()
    {
        Assert.All(await Renderings.OfAsync("own resources and volumes"), rendered =>
        {
            var (odoo, pg) = (rendered.Manifests.Named("PersistentVolumeClaim", "acme-odoo"),
                rendered.Manifests.Named("PersistentVolumeClaim", "acme-pg"));
            Assert.Equal(("200Gi", "fast"), (odoo.Text("spec.resources.requests.storage"), odoo.Text("spec.storageClassName")));
            Assert.Equal(("0.5Ti", null), (pg.Text("spec.resources.requests.storage"), pg.At("spec.storageClassName")));
        });
    }

    private static string Host(RenderedCase rendered) => rendered.Manifests.Single("Ingress").List("spec.rules").Single().Text("host");

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
