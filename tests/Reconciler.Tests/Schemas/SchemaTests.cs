using System.Text.Json;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Schemas;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Schemas;

public sealed class SchemaTests
{
    private const string Target = "properties/targets/additionalProperties";

    // Every map of every file kind: where the schema describes it, and what the strict reader knows of it.
    private static readonly (string Kind, string Pointer, StrictShape Shape)[] Maps =
    [
        ("Instance", "", DesiredShapes.Instance),
        ("Instance", "properties/addons/items", DesiredShapes.AddonRow),
        ("AddonCatalog", "", DesiredShapes.Catalog),
        ("AddonCatalog", "properties/addons/additionalProperties", DesiredShapes.CatalogEntry),
        ("AddonCatalog", "properties/addons/additionalProperties/properties/series/additionalProperties/oneOf/1", DesiredShapes.CatalogVersion),
        ("GitOps", "", GitOpsReader.Shape),
        ("GitOps", "properties/limits", GitOpsReader.LimitsShape),
        ("GitOps", "properties/guards", GitOpsReader.GuardsShape),
        ("GitOps", "properties/rings/items", RingReader.Shape),
        ("GitOps", "properties/rings/items/properties/freeze/items", FreezeReader.Shape),
        ("Settings", "", ServiceReader.Shape),
        ("Settings", "properties/identity", ServiceReader.IdentityShape),
        ("Settings", "properties/page", ServiceReader.PageShape),
        ("Settings", "properties/webhooks", ServiceReader.WebhooksShape),
        ("Settings", "properties/service", ServiceReader.ServiceShape),
        ("Settings", "properties/service/properties/database", ServiceReader.DatabaseShape),
        ("Settings", Target, TargetReader.Shape),
        ("Settings", Target + "/properties/desired", TargetReader.DesiredShape),
        ("Settings", Target + "/properties/forge", ForgeReader.Shape),
        ("Settings", Target + "/properties/forge/properties/app", ForgeReader.AppShape),
        ("Settings", Target + "/properties/cluster", ClusterReader.Shape),
        ("Settings", Target + "/properties/schedule", ScheduleReader.Shape),
        ("Settings", Target + "/properties/schedule/properties/maintenance/items", FreezeReader.Shape),
        ("RestartPaths", "", DesiredShapes.RestartPaths),
    ];

    [Fact]
    public void Each_schema_has_the_keys_of_the_strict_reader()
    {
        foreach (var (kind, pointer, shape) in Maps)
        {
            var map = At(kind, pointer);
            var required = map.TryGetProperty("required", out var listed) ? listed.EnumerateArray().Select(key => key.GetString()!) : [];

            Assert.Equal(shape.Keys, map.GetProperty("properties").EnumerateObject().Select(property => property.Name));
            Assert.Equal(shape.Required, required);
            Assert.False(map.GetProperty("additionalProperties").GetBoolean());
        }
    }

    [Fact]
    public void No_map_of_a_schema_is_left_out_of_the_check()
    {
        var described = SchemaCatalog.All.Sum(schema => Closed(JsonDocument.Parse(schema.Read()).RootElement));

        Assert.Equal(Maps.Length, described);
    }

    [Fact]
    public void Each_schema_has_the_words_of_the_strict_reader()
    {
        Assert.Equal(EnumWords.Of<InstanceState>(), Words("Instance", "properties/state"));
        Assert.Equal(EnumWords.Of<BuiltinOnlyPolicy>(), Words("GitOps", "properties/builtinOnlyChanges"));
        Assert.Equal(EnumWords.Of<AutoMerge>(), Words("GitOps", "properties/autoMerge"));
        Assert.Equal(EnumWords.Of<ForgeKind>(), Words("Settings", Target + "/properties/forge/properties/kind"));
        Assert.Equal(EnumWords.Of<DesiredKind>(), Words("Settings", Target + "/properties/desired/properties/kind"));
        Assert.Equal(["odoo", "pg"], Words("RestartPaths", "properties/paths/additionalProperties/items"));
    }

    [Fact]
    public void A_schemas_defaults_are_the_programs()
    {
        var view = new SettingsLayers().Resolve(null).Settings!.View().ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);

        foreach (var field in SettingField.Everything)
        {
            var kind = SettingField.GitOps.Contains(field) ? "GitOps" : "Settings";
            var inner = "properties/" + field.Key.Replace(".", "/properties/");
            var map = At(kind, SettingField.Target.Contains(field) ? $"{Target}/{inner}" : inner);
            if (map.TryGetProperty("default", out var value)) Assert.Equal(view[field.Key], value.ToString().Replace("False", "false"));
        }
    }

    [Fact]
    public void Config_view_shows_every_setting_of_the_schemas()
    {
        var shown = SettingField.Everything.Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        string[] inLists =
        [
            "rings[].name", "rings[].selector", "rings[].soak", "rings[].maxRestartsPerHour", "rings[].freeze[].from", "rings[].freeze[].to", "rings[].freeze[].days",
            "schedule.maintenance[].from", "schedule.maintenance[].to", "schedule.maintenance[].days",
        ];
        var keys = Keys(At("GitOps", ""), "").Concat(Keys(At("Settings", ""), "")).Select(key => key.Replace("targets.*.", "")).Except(["apiVersion", "kind"]).ToList();

        Assert.Equal([], keys.Where(key => !shown.Contains(key)).Except(inLists)); // a list of maps is one line: see the test of rings
        Assert.Equal([], shown.Except(keys).Except(["rings", "cluster.destinations", "schedule.maintenance"]));
    }

    [Theory]
    [InlineData("instance", "Instance")]
    [InlineData("addon-catalog", "AddonCatalog")]
    [InlineData("RESTARTPATHS", "RestartPaths")]
    public void A_schema_is_found_by_its_kind(string kind, string found) => Assert.Equal(found, SchemaCatalog.Find(kind)!.Kind);

    [Fact]
    public void Each_schema_is_draft_7_and_names_its_kind()
    {
        foreach (var schema in SchemaCatalog.All)
        {
            Assert.Equal("http://json-schema.org/draft-07/schema#", At(schema.Kind, "").GetProperty("$schema").GetString());
            Assert.Equal(schema.Kind, At(schema.Kind, "properties/kind").GetProperty("const").GetString());
        }
    }

    private static JsonElement At(string kind, string pointer)
    {
        var element = JsonDocument.Parse(SchemaCatalog.Find(kind)!.Read()).RootElement;
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(part)] : element.GetProperty(part);
        return element;
    }

    // The keys that hold values: maps by their own keys, lists of maps with [], maps with free keys by themselves.
    private static IEnumerable<string> Keys(JsonElement schema, string at)
    {
        if (schema.TryGetProperty("properties", out var properties))
            return properties.EnumerateObject().SelectMany(property => Keys(property.Value, at.Length == 0 ? property.Name : $"{at}.{property.Name}"));
        if (schema.TryGetProperty("items", out var items) && items.TryGetProperty("properties", out _)) return Keys(items, at + "[]");
        if (schema.TryGetProperty("additionalProperties", out var free) && free.ValueKind == JsonValueKind.Object && free.TryGetProperty("properties", out _)) return Keys(free, at + ".*");
        return [at];
    }

    private static IEnumerable<string> Words(string kind, string pointer) => At(kind, pointer).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static int Closed(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Sum(Closed),
        JsonValueKind.Object => element.EnumerateObject().Sum(property =>
            property.Name == "additionalProperties" && property.Value.ValueKind == JsonValueKind.False ? 1 : Closed(property.Value)),
        _ => 0,
    };
}
