using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class OdooContainerTests
{
    [Fact]
    public Task It_serves_its_own_database_and_no_other() => Renderings.EachAsync(rendered =>
    {
        var arguments = rendered.Odoo.Container.Texts("args");
        Assert.Equal(["-d", rendered.Case.Code, $"--db-filter=^{rendered.Case.Code}$"], arguments[..3]);
        Assert.Null(rendered.Odoo.Container.At("command"));
    });

    [Fact]
    public Task With_addons_it_looks_for_them_behind_its_own() => Renderings.EachAsync(true, rendered =>
    {
        Assert.Equal($"--addons-path=/usr/lib/python3/dist-packages/odoo/addons,{rendered.Case.MountPath}",
            rendered.Odoo.Container.Texts("args")[3]);
        var python = rendered.Odoo.Container.List("env").Single(item => item.Text("name") == "PYTHONPATH");
        Assert.Equal(rendered.Case.MountPath + "/.python-deps", python.Text("value"));
    });

    [Fact]
    public Task With_addons_they_are_mounted_for_reading_only() => Renderings.EachAsync(true, rendered =>
    {
        var mounts = rendered.Odoo.Container.List("volumeMounts");
        Assert.Equal(2, mounts.Length);
        var addons = mounts.Single(item => item.Text("name") == "addons");
        Assert.Equal(rendered.Case.MountPath, addons.Text("mountPath"));
        Assert.True(addons.At("readOnly")!.GetValue<bool>());
    });

    [Fact]
    public Task Without_addons_it_gets_no_path_for_Odoo_refuses_an_empty_one() => Renderings.EachAsync(false, rendered =>
    {
        Assert.Equal(3, rendered.Odoo.Container.Texts("args").Length);
        Assert.Equal("/var/lib/odoo", InitContainerTests.MountOf(rendered.Odoo.Container, "filestore"));
        Assert.DoesNotContain(rendered.Odoo.Container.List("env"), item => item.Text("name") == "PYTHONPATH");
    });

    [Fact]
    public Task It_finds_the_database_as_db_init_does() => Renderings.EachAsync(rendered =>
        InitContainerTests.AssertDatabase(rendered, rendered.Odoo.Container));

    [Fact]
    public Task It_listens_on_8069() => Renderings.EachAsync(rendered =>
    {
        var wanted = new JsonObject { ["name"] = "http", ["containerPort"] = 8069L };
        Assert.True(JsonNode.DeepEquals(wanted, Assert.Single(rendered.Odoo.Container.List("ports"))));
    });

    [Fact]
    public Task It_keeps_its_files_on_the_filestore() => Renderings.EachAsync(rendered =>
    {
        var mount = rendered.Odoo.Container.List("volumeMounts").Single(item => item.Text("name") == "filestore");
        Assert.Equal("""{"name":"filestore","mountPath":"/var/lib/odoo"}""", mount.ToJsonString());
    });

    [Fact]
    public Task It_is_ready_when_the_login_page_answers_within_75_s_of_grace() => Renderings.EachAsync(rendered =>
    {
        var wanted = new JsonObject
        {
            ["httpGet"] = new JsonObject { ["path"] = "/web/login", ["port"] = 8069L },
            ["initialDelaySeconds"] = 30L,
            ["periodSeconds"] = 5L,
            ["timeoutSeconds"] = 5L,
            ["failureThreshold"] = 15L,
        };
        Assert.True(JsonNode.DeepEquals(wanted, rendered.Odoo.Container.At("readinessProbe")));
    });

    [Fact]
    public Task It_is_alive_as_long_as_its_port_takes_connections() => Renderings.EachAsync(rendered =>
    {
        var wanted = new JsonObject
        {
            ["tcpSocket"] = new JsonObject { ["port"] = 8069L },
            ["initialDelaySeconds"] = 60L,
            ["periodSeconds"] = 30L,
        };
        Assert.True(JsonNode.DeepEquals(wanted, rendered.Odoo.Container.At("livenessProbe")));
    });

    [Fact]
    public Task Each_role_has_its_own_resources() => Renderings.EachAsync(rendered =>
    {
        Assert.Equal(rendered.Case.Resources.Odoo, rendered.Odoo.Container.At("resources")!.ToJsonString());
        Assert.Equal(rendered.Case.Resources.Pg, rendered.Pg.Container.At("resources")!.ToJsonString());
    });
}
