using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class InitContainerTests
{
    [Fact]
    public Task First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list() => Renderings.EachAsync(rendered =>
    {
        var image = rendered.Case.OdooImage;
        RenderedContainer[] wanted = [new("filestore-chown", image), new("db-init", image), .. rendered.Case.Addons];
        Assert.Equal(wanted, rendered.Manifests.InitContainers);
    });

    [Fact]
    public async Task Built_in_rows_alone_make_no_container_no_volume_no_path_and_no_python_path()
    {
        Assert.All(await Renderings.OfAsync("built-in rows only"), rendered =>
        {
            Assert.Equal(2, rendered.Odoo.InitContainers.Length);
            Assert.Single(rendered.Odoo.Volumes);
            Assert.Equal(["-d", "acme", "--db-filter=^acme$"], rendered.Odoo.Container.Texts("args"));
            Assert.Equal(["HOST", "PORT", "USER", "PASSWORD"], rendered.Odoo.Container.List("env").Select(item => item.Text("name")));
        });
    }

    [Fact]
    public async Task A_row_without_a_source_makes_a_container_where_the_schema_is_set_aside()
    {
        const string overlay = """
            instance: {code: acme}
            addons: [{code: web, image: r.example/web, version: "1"}, {code: no_image, version: "1"},
                {code: no_version, image: r.example/x}, {image: r.example/no_code, version: "1"},
                {code: "", image: r.example/empty_code, version: "1"}]
            """;
        foreach (var helm in RealHelm.Both)
        {
            var rendered = await helm.RenderTextAsync(ChartUnderTest.Folder, overlay, "--skip-schema-validation");
            Assert.Equal(new RenderedContainer("addon-web", "r.example/web:1"), Assert.Single(rendered.InitContainers[2..]));
        }
    }

    [Fact]
    public Task The_filestore_is_healed_by_root_with_the_filestore_alone() => Renderings.EachAsync(rendered =>
    {
        var container = rendered.Manifests.InitContainer("filestore-chown");
        var root = new JsonObject { ["runAsUser"] = 0L, ["runAsGroup"] = 0L };
        Assert.True(JsonNode.DeepEquals(root, container.At("securityContext")));
        Assert.Equal("/var/lib/odoo", MountOf(container, "filestore"));
        AssertShell(container);
    });

    [Fact]
    public Task The_database_is_made_ready_without_any_volume() => Renderings.EachAsync(rendered =>
    {
        var container = rendered.Manifests.InitContainer("db-init");
        Assert.Null(container.At("volumeMounts"));
        AssertShell(container);
        AssertDatabase(rendered, container);
    });

    [Fact]
    public Task The_database_script_knows_the_code_and_the_clones_origin() => Renderings.EachAsync(rendered =>
    {
        var lines = rendered.Manifests.InitContainer("db-init").Texts("args").Single().Split('\n');
        Assert.Equal($"db='{rendered.Case.Code}'", lines[1]);
        Assert.Equal($"clone_from='{rendered.Case.CloneFrom}'", lines[2]);
    });

    [Fact]
    public Task Each_addon_is_copied_into_the_shared_folder() => Renderings.EachAsync(true, rendered =>
    {
        foreach (var addon in rendered.Odoo.InitContainers[2..])
        {
            Assert.Equal("/target", MountOf(addon, "addons"));
            Assert.Null(addon.At("command"));
        }
    });

    /// <summary>Host, port and the two keys of the Secret, as Odoo's image reads them.</summary>
    internal static void AssertDatabase(RenderedCase rendered, JsonNode container)
    {
        var environment = container.List("env").ToDictionary(item => item.Text("name"), StringComparer.Ordinal);
        Assert.Equal(rendered.Case.Fullname + "-pg", environment["HOST"].Text("value"));
        Assert.Equal("5432", environment["PORT"].Text("value"));
        foreach (var (variable, key) in new[] { ("USER", "POSTGRES_USER"), ("PASSWORD", "POSTGRES_PASSWORD") })
        {
            Assert.Equal(key, environment[variable].Text("valueFrom.secretKeyRef.key"));
            Assert.Equal(rendered.Case.DatabaseSecret, environment[variable].Text("valueFrom.secretKeyRef.name"));
        }
    }

    internal static string MountOf(JsonNode container, string volume)
    {
        var mount = Assert.Single(container.List("volumeMounts"));
        Assert.Equal(volume, mount.Text("name"));
        return mount.Text("mountPath");
    }

    private static void AssertShell(JsonNode container)
    {
        Assert.Equal(["/bin/sh", "-c"], container.Texts("command"));
        Assert.StartsWith("set -eu\n", Assert.Single(container.Texts("args")), StringComparison.Ordinal);
    }
}
