using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class OdooDeploymentTests
{
    [Fact]
    public Task There_is_one_pod_and_the_old_one_stops_first() => Renderings.EachAsync(rendered =>
    {
        var deployment = rendered.Manifests.Odoo;
        Assert.Equal(rendered.Case.Fullname + "-odoo", deployment.Text("metadata.name"));
        Assert.Equal(1, deployment.At("spec.replicas")!.GetValue<long>());
        Assert.Equal("Recreate", deployment.Text("spec.strategy.type"));
    });

    [Fact]
    public Task Its_selector_is_the_code_and_the_role_and_nothing_else() => Renderings.EachAsync(rendered =>
    {
        var wanted = new JsonObject { ["app.kubernetes.io/instance"] = rendered.Case.Code, ["odoosky.io/role"] = "odoo" };
        Assert.True(JsonNode.DeepEquals(wanted, rendered.Manifests.Odoo.At("spec.selector.matchLabels")));
    });

    [Fact]
    public Task The_labels_stand_on_the_Deployment_and_on_its_pods() => Renderings.EachAsync(rendered =>
    {
        var labels = rendered.Manifests.Odoo.At("metadata.labels")!.AsObject();
        Assert.Equal(rendered.Case.Code, labels["app.kubernetes.io/instance"]!.GetValue<string>());
        Assert.Equal("odoo", labels["odoosky.io/role"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(labels, rendered.Manifests.OdooPod.At("metadata.labels")));
    });

    [Fact]
    public Task No_label_holds_a_version_for_it_would_roll_the_fleet() => Renderings.EachAsync(rendered =>
    {
        string[] known = ["app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/part-of", "odoosky.io/role"];
        foreach (var pod in new[] { rendered.Manifests.OdooPod, rendered.Manifests.PgPod })
        {
            var labels = pod.At("metadata.labels")!.AsObject();
            Assert.Equal(known, labels.Select(label => label.Key).Order(StringComparer.Ordinal));
            Assert.Equal("Helm", labels["app.kubernetes.io/managed-by"]!.GetValue<string>());
            Assert.Equal("odoo", labels["app.kubernetes.io/part-of"]!.GetValue<string>());
        }
    });

    [Fact]
    public Task The_pod_carries_no_annotation_but_the_hash() => Renderings.EachAsync(rendered =>
    {
        Assert.Equal("odoosky.io/addons-hash", Assert.Single(rendered.Manifests.OdooPod.At("metadata.annotations")!.AsObject()).Key);
        Assert.Null(rendered.Manifests.PgPod.At("metadata.annotations"));
    });

    [Fact]
    public Task Odoos_group_owns_the_volumes_and_a_right_owner_is_not_set_again() => Renderings.EachAsync(rendered =>
    {
        var wanted = new JsonObject { ["fsGroup"] = 101L, ["fsGroupChangePolicy"] = "OnRootMismatch" };
        Assert.True(JsonNode.DeepEquals(wanted, rendered.Odoo.Template.At("spec.securityContext")));
    });

    [Fact]
    public Task Images_are_pulled_with_a_login_only_where_one_is_named() => Renderings.EachAsync(rendered =>
    {
        foreach (var pod in new[] { rendered.Manifests.OdooPod, rendered.Manifests.PgPod })
            if (rendered.Case.PullSecret is { } secret)
                Assert.Equal(secret, Assert.Single(pod.List("spec.imagePullSecrets")).Text("name"));
            else
                Assert.Null(pod.At("spec.imagePullSecrets"));
    });

    [Fact]
    public Task Odoos_image_is_pulled_once_and_addon_images_each_time() => Renderings.EachAsync(rendered =>
    {
        foreach (var container in rendered.Odoo.InitContainers.Append(rendered.Odoo.Container))
        {
            var addon = container.Text("name").StartsWith("addon-", StringComparison.Ordinal);
            Assert.Equal(addon ? "Always" : "IfNotPresent", container.Text("imagePullPolicy"));
            if (!addon) Assert.Equal(rendered.Case.OdooImage, container.Text("image"));
        }
    });

    [Fact]
    public Task The_filestore_is_the_claim_of_the_same_name() => Renderings.EachAsync(rendered =>
    {
        var volume = rendered.Odoo.Volumes.Single(item => item.Text("name") == "filestore");
        Assert.Equal(rendered.Case.Fullname + "-odoo", volume.Text("persistentVolumeClaim.claimName"));
    });

    [Fact]
    public Task With_addons_an_empty_folder_takes_them() => Renderings.EachAsync(true, rendered =>
    {
        Assert.Equal(2, rendered.Odoo.Volumes.Length);
        Assert.Empty(rendered.Odoo.Volumes.Single(item => item.Text("name") == "addons").At("emptyDir")!.AsObject());
    });

    [Fact]
    public Task Without_addons_the_filestore_is_the_only_volume() => Renderings.EachAsync(false, rendered =>
        Assert.Equal("filestore", Assert.Single(rendered.Odoo.Volumes).Text("name")));
}
