using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forecasts;

/// <summary>Every path of the example chart's values.yaml is changed, and real Helm says which pods that rolls.</summary>
public sealed class ValuesPathTests
{
    /// <summary>Path, a value that differs from the default, what is forecast, and the pods that Helm changes.</summary>
    private static readonly ImmutableArray<(string Path, string Value, Restart Restart, string Rolled)> Cases =
    [
        ("instance.code", "globex", Restart.Yes, "odoo pg"),
        ("instance.cloneFromCode", "old", Restart.Yes, "odoo"),
        ("instance.fullname", "acme-prod", Restart.Yes, "odoo pg"),
        ("addonsMountPath", "/mnt/more", Restart.Yes, "odoo"),
        ("image.repository", "library/odoo", Restart.Yes, "odoo"),
        ("image.tag", "18.0", Restart.Yes, "odoo"),
        ("imageMirror.registry", "mirror.example/hub", Restart.Yes, "odoo"),
        ("imageMirror.pullSecret", "pull", Restart.Yes, "odoo pg"),
        ("resources.odoo", "{}", Restart.No, ""),
        ("resources.odoo", "null", Restart.Yes, "odoo"),
        ("resources.odoo.requests.cpu", "1", Restart.Yes, "odoo"),
        ("resources.odoo.requests.memory", "1Gi", Restart.Yes, "odoo"),
        ("resources.odoo.limits", "null", Restart.Yes, "odoo"),
        ("resources.odoo.limits.memory", "5Gi", Restart.Yes, "odoo"),
        ("resources.odoo.limits.cpu", "4", Restart.Yes, "odoo"),
        ("resources.pg", "null", Restart.Yes, "pg"),
        ("resources.pg.requests.cpu", "1", Restart.Yes, "pg"),
        ("resources.pg.requests.memory", "1Gi", Restart.Yes, "pg"),
        ("resources.pg.limits.memory", "5Gi", Restart.Yes, "pg"),
        ("persistence.odoo.size", "40Gi", Restart.No, ""),
        ("persistence.odoo.storageClass", "fast", Restart.Unknown, ""),
        ("persistence.pg.size", "40Gi", Restart.No, ""),
        ("persistence.pg.storageClass", "fast", Restart.Unknown, ""),
        ("postgresql.image.repository", "library/postgres", Restart.Yes, "pg"),
        ("postgresql.image.tag", "17", Restart.Yes, "pg"),
        ("postgresql.existingSecret", "mine", Restart.Yes, "odoo pg"),
        ("ingress.enabled", "false", Restart.No, ""),
        ("ingress.className", "nginx", Restart.No, ""),
        ("ingress.domain", "erp.example", Restart.No, ""),
        ("ingress.host", "shop.example", Restart.No, ""),
        ("ingress.annotations", "{\"example.org/a\": \"b\"}", Restart.No, ""),
        ("ingress.tlsSecret", "tls", Restart.No, ""),
        ("ingress.retry.enabled", "true", Restart.No, ""),
        ("ingress.retry.attempts", "3", Restart.No, ""),
        ("ingress.retry.initialInterval", "1s", Restart.No, ""),
        ("unheardOf", "1", Restart.Unknown, ""),
        ("global.image", "x", Restart.Unknown, ""),
    ];

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_changed_path_rolls_the_pods_that_are_forecast(int number)
    {
        var (path, value, restart, rolled) = Cases[number];
        var after = Overlay(path, value);

        var forecast = ForecastRun.Of(Overlay(), after);

        Assert.True(restart == forecast.Restart, $"{path}: {forecast.Restart}");
        foreach (var (before, now) in await ForecastRun.RenderAsync(Overlay(), after))
        {
            ForecastRun.Holds(forecast, before, now);
            Assert.Equal((path, rolled), (path, string.Join(' ', before.RolledBy(now))));
        }

        // The way back costs the same.
        Assert.Equal(restart, ForecastRun.Of(after, Overlay()).Restart);
    }

    [Fact]
    public void Every_path_of_the_chart_s_defaults_has_a_case()
    {
        var leaves = ValuesDiff.Leaves(ForecastRun.Effective("{}")).Select(leaf => leaf.Path).Where(path => path.ToString() != "addons");
        var changed = Cases.Select(one => ValuePath.TryParse(one.Path)!).ToHashSet();

        Assert.DoesNotContain(leaves, leaf => !changed.Contains(leaf));
    }

    [Fact]
    public void Every_listed_path_is_one_that_the_chart_has() => Assert.DoesNotContain(
        ForecastRun.Paths.Paths, listed => ValuesDiff.Find(ForecastRun.Effective("{}"), listed.Path) is null);

    /// <summary>An overlay with addons, so that the mount path matters, and with one path set.</summary>
    private static string Overlay(string? path = null, string value = "")
    {
        var root = JsonNode.Parse("""
            {"instance": {"code": "acme"},
             "addons": [{"code": "sale", "source": "odoo-builtin", "image": "", "version": ""},
                        {"code": "web_x", "source": "oca", "image": "registry.example/web_x", "version": "1.0"}]}
            """)!.AsObject();
        if (path is null) return root.ToJsonString();
        var keys = path.Split('.');
        var at = root;
        foreach (var key in keys[..^1]) at = (JsonObject)(at[key] ??= new JsonObject());
        var isJson = value is "null" or "true" or "false" || value[0] == '{' || path.EndsWith("attempts", StringComparison.Ordinal);
        at[keys[^1]] = isJson ? JsonNode.Parse(value) : JsonValue.Create(value);
        return root.ToJsonString();
    }
}
