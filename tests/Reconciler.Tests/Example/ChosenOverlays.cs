using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Generated overlays: every optional value on and off, and each pair of such choices together at least once.</summary>
internal static class ChosenOverlays
{
    private static readonly string Digest = "sha256:" + new string('5', 64);

    private static readonly ImmutableArray<Choice> Instance =
    [
        new("instance: {code: acme}", item => item),
        new("instance: {code: shop-7, cloneFromCode: acme}", item => item with { Code = "shop-7", CloneFrom = "acme" }),
        new("instance: {code: acme, fullname: odoo-prod}", item => item with { OwnName = "odoo-prod" }),
        new("instance: {code: \"n\", cloneFromCode: null, fullname: null}", item => item with { Code = "n" }),
    ];

    private static readonly ImmutableArray<Choice> Addons =
    [
        Choice.Default,
        new("addons: null", item => item),
        new($"addons: [{AddonLists.Builtin}]", item => item),
        new($"addons: [{AddonLists.Web}]", item => item with { Addons = [AddonLists.WebContainer] }),
        new($"addons: [{AddonLists.Web}, {AddonLists.Builtin}]", item => item with { Addons = [AddonLists.WebContainer] }),
        new("addons:\n" + AddonLists.SixtyRows.TrimEnd('\n'), item => item with { Addons = AddonLists.SixtyContainers }),
    ];

    private static readonly ImmutableArray<Choice> MountPath =
        [Choice.Default, new("addonsMountPath: /opt/odoo/addons", item => item with { MountPath = "/opt/odoo/addons" })];

    private static readonly ImmutableArray<Choice> Image =
    [
        Choice.Default,
        new("image: {tag: \"18.0\"}", item => item with { Image = "odoo:18.0" }),
        new($"image: {{repository: r.example/odoo, tag: \"18.0@{Digest}\"}}",
            item => item with { Image = "r.example/odoo:18.0@" + Digest }),
    ];

    private static readonly ImmutableArray<Choice> Mirror =
    [
        Choice.Default,
        new("imageMirror: {registry: mirror.example/hub}", item => item with { Mirror = "mirror.example/hub" }),
        new("imageMirror: {pullSecret: login}", item => item with { PullSecret = "login" }),
        new("imageMirror: {registry: mirror.example, pullSecret: login}",
            item => item with { Mirror = "mirror.example", PullSecret = "login" }),
        new("imageMirror: {registry: null, pullSecret: null}", item => item),
    ];

    private static readonly ImmutableArray<Choice> Resources =
    [
        Choice.Default,
        new("resources: {odoo: null, pg: null}", item => item with { Resources = ("{}", "{}") }),
        new("resources: {odoo: {requests: null}, pg: {limits: {cpu: 1}}}", item => item with
        {
            Resources = ("""{"limits":{"memory":"2Gi"}}""",
                """{"limits":{"cpu":1,"memory":"1Gi"},"requests":{"cpu":"100m","memory":"256Mi"}}"""),
        }),
    ];

    private static readonly ImmutableArray<Choice> Volumes =
    [
        Choice.Default,
        new("persistence: {odoo: {size: 80Gi}, pg: {storageClass: fast}}",
            item => item with { OdooVolume = new("80Gi", null), PgVolume = new("10Gi", "fast") }),
        new("persistence: {odoo: {storageClass: slow}, pg: {size: 500M, storageClass: null}}",
            item => item with { OdooVolume = new("10Gi", "slow"), PgVolume = new("500M", null) }),
    ];

    private static readonly ImmutableArray<Choice> PostgreSql =
    [
        Choice.Default,
        new("postgresql: {existingSecret: own}", item => item with { OwnSecret = "own" }),
        new("postgresql: {image: {repository: r.example/pg, tag: \"17\"}}", item => item with { PgImage = "r.example/pg:17" }),
    ];

    private static readonly ImmutableArray<Choice> Ingress =
    [
        Choice.Default,
        new("ingress: {enabled: false}", item => item with { Ingress = null }),
        new("ingress: {className: nginx, tlsSecret: tls}",
            item => item with { Ingress = new() { ClassName = "nginx", TlsSecret = "tls" } }),
        new("ingress: {host: erp.example, annotations: {a.example/b: \"1\"}}",
            item => item with { Ingress = new() { Host = "erp.example", Annotations = """{"a.example/b":"1"}""" } }),
        new("ingress: {annotations: null, retry: {enabled: true, initialInterval: 2s}}", item => item with
        {
            Ingress = new()
            {
                Annotations = IngressWish.Middlewares($"odoo-test-{item.Fullname}-retry@kubernetescrd"),
                Retry = """{"attempts":12,"initialInterval":"2s"}""",
            },
        }),
    ];

    /// <summary>All questions; the first names the instance, which others speak of.</summary>
    public static ImmutableArray<ImmutableArray<Choice>> Questions { get; } =
        [Instance, Addons, MountPath, Image, Mirror, Resources, Volumes, PostgreSql, Ingress];

    public static ImmutableArray<ImmutableArray<int>> Rows { get; } = Pairing.Of([.. Questions.Select(choices => choices.Length)]);

    public static ImmutableArray<OverlayCase> All { get; } = [.. Rows.Select(Make)];

    private static OverlayCase Make(ImmutableArray<int> row, int number)
    {
        var choices = Questions.Zip(row, (all, chosen) => all[chosen]).ToList();
        var text = string.Concat(choices.Where(choice => choice.Yaml.Length > 0).Select(choice => choice.Yaml + "\n"));
        var name = string.Create(CultureInfo.InvariantCulture, $"choices {number + 1:00}");
        return choices.Aggregate(new OverlayCase(name, text), (item, choice) => choice.Known(item));
    }
}
