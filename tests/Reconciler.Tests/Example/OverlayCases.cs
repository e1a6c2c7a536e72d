using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Overlays of all kinds: those of the example, some of a special kind, and every pair of choices.</summary>
internal static class OverlayCases
{
    public static ImmutableArray<OverlayCase> All { get; } =
    [
        .. Examples(),
        .. Addons(),
        .. Images(),
        .. Names(),
        .. Around(),
        .. ChosenOverlays.All,
    ];

    private static string Overlay(string rest, string code = "acme") => $"instance: {{code: {code}}}\n{rest}\n";

    private static IEnumerable<OverlayCase> Examples()
    {
        yield return Example("alpenhof", "odoo:17.0-20261012") with
        {
            Addons =
            [
                new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.1"),
                new("addon-queue-job", "registry.example/addons/queue_job:17.0.2.8.0"),
                new("addon-nordlicht-branding", "registry.example/nordlicht/branding:2.6.0"),
            ],
            Ingress = new() { Host = "office.alpenhof.example", TlsSecret = "alpenhof-tls" },
        };
        yield return Example("bluefin", "odoo:17.0-20261012") with
        {
            Addons =
            [
                new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.1"),
                new("addon-mis-builder", "registry.example/addons/mis_builder:17.0.1.0.3"),
                new("addon-account-financial-report", "registry.example/addons/account_financial_report:17.0.1.4.2"),
            ],
            Resources = ("""{"limits":{"memory":"4Gi"},"requests":{"cpu":"500m","memory":"1Gi"}}""", new OverlayCase("", "").Resources.Pg),
            Ingress = new() { Host = "erp.bluefin.example", Annotations = """{"nginx.ingress.kubernetes.io/proxy-body-size":"64m"}""" },
        };
        yield return Example("cobalt", "odoo:17.0-20260914") with
        {
            Addons = [new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.1")],
            OdooVolume = new("40Gi", null),
        };
        yield return Example("driftwood", "odoo:17.0-20260914") with
        {
            Addons = [new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.1.0")],
            Ingress = new() { Host = "shop.driftwood.example" },
        };
        yield return Example("eastgate", "odoo:17.0-20260914") with
        {
            CloneFrom = "eastgate-trial",
            Addons = [new("addon-nordlicht-branding", "registry.example/nordlicht/branding:2.5.1")],
        };
    }

    private static OverlayCase Example(string code, string image) =>
        new($"example {code}", File.ReadAllText(ExampleRepo.Overlay(code))) { Code = code, Image = image };

    private static IEnumerable<OverlayCase> Addons()
    {
        yield return new("nothing but a code", Overlay(string.Empty));
        yield return new("an empty list", Overlay("addons: []"));
        yield return new("null for a list", Overlay("addons: null"));
        yield return new("built-in rows only", Overlay($$"""
            addons: [{{AddonLists.Builtin}}, {code: stock, source: odoo-builtin},
              {code: crm, source: odoo-builtin, image: null, version: null}]
            """));
        yield return new("a built-in row that names an image",
            Overlay("""addons: [{code: crm, source: odoo-builtin, image: registry.example/crm, version: "1"}]"""));
        yield return WithWeb("one addon", $"addons: [{AddonLists.Web}]");
        yield return WithWeb("an addon between built-in rows",
            $"addons: [{AddonLists.Builtin}, {AddonLists.Web}, {{code: stock, source: odoo-builtin}}]");
        yield return WithWeb("further keys in a row", $"addons: [{{owner: jane, {AddonLists.Web[1..]}]");
        yield return WithWeb("characters that JSON escapes",
            $"addons: [{{note: \"<a> & 'b' \\u2028 \\u00fc \\U0001F600\", {AddonLists.Web[1..]}]");
        yield return new("upper case and digits",
            Overlay("""addons: [{code: KS_Dashboard9, source: vendor, image: registry.example:5000/ks, version: "1.0"}]"""))
        {
            Addons = [new("addon-ks-dashboard9", "registry.example:5000/ks:1.0")],
        };
        var longest = new string('a', 57);
        yield return new("the longest addon code",
            Overlay($$"""addons: [{code: {{longest}}, source: oca, image: r.example/a, version: "1"}]"""))
        {
            Addons = [new("addon-" + longest, "r.example/a:1")],
        };
        yield return new("sixty addons", Overlay("addons:\n" + AddonLists.SixtyRows)) { Addons = AddonLists.SixtyContainers };
        yield return NumberLikeList.Digits;
        yield return NumberLikeList.Exponent;
    }

    private static OverlayCase WithWeb(string name, string rest) => new(name, Overlay(rest)) { Addons = [AddonLists.WebContainer] };

    private static IEnumerable<OverlayCase> Images()
    {
        yield return new("an image of its own",
            Overlay("""image: {repository: registry.example/odoo/enterprise, tag: "18.0-20261105"}"""))
        {
            Image = "registry.example/odoo/enterprise:18.0-20261105",
        };
        yield return WithWeb("air-gapped", $$"""
            imageMirror: {registry: "mirror.example:5000/hub", pullSecret: mirror-login}
            addons: [{{AddonLists.Web}}]
            """) with { Mirror = "mirror.example:5000/hub", PullSecret = "mirror-login" };
        yield return new("a mirror without a login", Overlay("imageMirror: {registry: mirror.example}")) { Mirror = "mirror.example" };
        yield return WithWeb("another mount path", $"addonsMountPath: /opt/odoo/addons\naddons: [{AddonLists.Web}]") with
        {
            MountPath = "/opt/odoo/addons",
        };
    }

    private static IEnumerable<OverlayCase> Names()
    {
        var longest = new string('b', 40);
        yield return new("the longest instance code", Overlay(string.Empty, longest)) { Code = longest };
        yield return new("a code that YAML takes for a boolean", Overlay(string.Empty, "\"no\"")) { Code = "no" };
        yield return new("a name of its own", "instance: {code: acme, fullname: odoo-prod}\n") { OwnName = "odoo-prod" };
        yield return new("a clone", "instance: {code: acme, cloneFromCode: acme-old}\n") { CloneFrom = "acme-old" };
        yield return new("a clone of itself", "instance: {code: acme, cloneFromCode: acme}\n") { CloneFrom = "acme" };
    }

    private static IEnumerable<OverlayCase> Around()
    {
        yield return new("a Secret of its own", Overlay("postgresql: {existingSecret: \"4711\"}")) { OwnSecret = "4711" };
        yield return new("a PostgreSQL image of its own", Overlay("postgresql: {image: {repository: r.example/pg, tag: \"17\"}}"))
        {
            PgImage = "r.example/pg:17",
        };
        yield return new("everything about the Ingress", Overlay("""
            ingress:
              className: traefik
              host: erp.acme.example
              tlsSecret: acme-tls
              annotations: {traefik.ingress.kubernetes.io/router.middlewares: acme-headers@kubernetescrd}
              retry: {enabled: true, attempts: 5, initialInterval: 750ms}
            """))
        {
            Ingress = new()
            {
                ClassName = "traefik", Host = "erp.acme.example", TlsSecret = "acme-tls",
                Annotations = IngressWish.Middlewares("acme-headers@kubernetescrd,odoo-test-acme-retry@kubernetescrd"),
                Retry = """{"attempts":5,"initialInterval":"750ms"}""",
            },
        };
        yield return new("another domain", Overlay("ingress: {domain: erp.fleet.example}"))
        {
            Ingress = new() { Domain = "erp.fleet.example" },
        };
        yield return new("no Ingress", Overlay("ingress: {enabled: false, retry: {enabled: true}}")) { Ingress = null };
        yield return new("own resources and volumes", Overlay("""
            resources: {odoo: {limits: {memory: 8Gi}}, pg: null}
            persistence: {odoo: {size: 200Gi, storageClass: fast}, pg: {size: 0.5Ti}}
            """))
        {
            Resources = ("""{"limits":{"memory":"8Gi"},"requests":{"cpu":"250m","memory":"768Mi"}}""", "{}"),
            OdooVolume = new("200Gi", "fast"),
            PgVolume = new("0.5Ti", null),
        };
    }
}
