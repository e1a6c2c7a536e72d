using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Overlays of all kinds: those of the example, and generated ones.</summary>
internal static class OverlayCases
{
    private const string Web =
        """{code: web_responsive, source: oca, image: registry.example/addons/web_responsive, version: "17.0.1.2.0"}""";
    private const string Builtin = """{code: account, source: odoo-builtin, image: "", version: ""}""";

    private static readonly RenderedContainer WebContainer =
        new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.0");

    public static ImmutableArray<OverlayCase> All { get; } =
    [
        .. Examples(),
        .. Addons(),
        .. Images(),
        .. Names(),
        .. Around(),
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
        };
        yield return Example("bluefin", "odoo:17.0-20261012") with
        {
            Addons =
            [
                new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.1"),
                new("addon-mis-builder", "registry.example/addons/mis_builder:17.0.1.0.3"),
                new("addon-account-financial-report", "registry.example/addons/account_financial_report:17.0.1.4.2"),
            ],
        };
        yield return Example("cobalt", "odoo:17.0-20260914") with
        {
            Addons = [new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.2.1")],
        };
        yield return Example("driftwood", "odoo:17.0-20260914") with
        {
            Addons = [new("addon-web-responsive", "registry.example/addons/web_responsive:17.0.1.1.0")],
        };
        yield return Example("eastgate", "odoo:17.0-20260914") with
        {
            CloneFrom = "eastgate-trial",
            Addons = [new("addon-nordlicht-branding", "registry.example/nordlicht/branding:2.5.1")],
        };
    }

    private static OverlayCase Example(string code, string image) =>
        new($"example {code}", File.ReadAllText(ExampleRepo.Overlay(code)))
        {
            Code = code, Fullname = code, OdooImage = image, DatabaseSecret = code + "-pg",
        };

    private static IEnumerable<OverlayCase> Addons()
    {
        yield return new("nothing but a code", Overlay(string.Empty));
        yield return new("an empty list", Overlay("addons: []"));
        yield return new("null for a list", Overlay("addons: null"));
        yield return new("built-in rows only",
            Overlay($"addons: [{Builtin}, {{code: stock, source: odoo-builtin}}, {{code: crm, source: odoo-builtin, image: null, version: null}}]"));
        yield return new("a built-in row that names an image",
            Overlay("""addons: [{code: crm, source: odoo-builtin, image: registry.example/crm, version: "1"}]"""));
        yield return new("one addon", Overlay($"addons: [{Web}]")) { Addons = [WebContainer] };
        yield return new("an addon between built-in rows", Overlay($"addons: [{Builtin}, {Web}, {{code: stock, source: odoo-builtin}}]"))
        {
            Addons = [WebContainer],
        };
        yield return new("further keys in a row", Overlay($"addons: [{{owner: jane, {Web[1..]}]")) { Addons = [WebContainer] };
        yield return new("upper case and digits", Overlay("""addons: [{code: KS_Dashboard9, source: vendor, image: registry.example:5000/ks, version: "1.0"}]"""))
        {
            Addons = [new("addon-ks-dashboard9", "registry.example:5000/ks:1.0")],
        };
        yield return new("the longest code", Overlay($$"""addons: [{code: {{new string('a', 57)}}, source: oca, image: r.example/a, version: "1"}]"""))
        {
            Addons = [new("addon-" + new string('a', 57), "r.example/a:1")],
        };
        yield return new("sixty addons", Overlay("addons:\n" + string.Concat(Numbers(60).Select(SixtyRow))))
        {
            Addons = [.. Numbers(60).Select(n => new RenderedContainer($"addon-mod-{n}", $"registry.example/addons/mod_{n}:17.0.1.{n}.0"))],
        };
        yield return NumberLikeList.Digits;
        yield return NumberLikeList.Exponent;
        yield return new("characters that JSON escapes",
            Overlay($"addons: [{{note: \"<a> & 'b' \\u2028 \\u00fc \\U0001F600\", {Web[1..]}]"))
        {
            Addons = [WebContainer],
        };
    }

    private static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture));

    private static string SixtyRow(string n) =>
        $"  - code: mod_{n}\n    source: oca\n    image: registry.example/addons/mod_{n}\n    version: \"17.0.1.{n}.0\"\n";

    private static IEnumerable<OverlayCase> Images()
    {
        yield return new("an image of its own", Overlay("""image: {repository: registry.example/odoo/enterprise, tag: "18.0-20261105"}"""))
        {
            OdooImage = "registry.example/odoo/enterprise:18.0-20261105",
        };
        yield return new("air-gapped", Overlay($$"""
            imageMirror: {registry: "mirror.example:5000/hub", pullSecret: mirror-login}
            addons: [{{Web}}]
            """)) { OdooImage = "mirror.example:5000/hub/odoo:17.0", PullSecret = "mirror-login", Addons = [WebContainer] };
        yield return new("a mirror without a login", Overlay("imageMirror: {registry: mirror.example}"))
        {
            OdooImage = "mirror.example/odoo:17.0",
        };
        yield return new("another mount path", Overlay($"addonsMountPath: /opt/odoo/addons\naddons: [{Web}]"))
        {
            MountPath = "/opt/odoo/addons", Addons = [WebContainer],
        };
    }

    private static IEnumerable<OverlayCase> Names()
    {
        var longest = new string('b', 40);
        yield return new("the longest instance code", Overlay(string.Empty, longest))
        {
            Code = longest, Fullname = longest, DatabaseSecret = longest + "-pg",
        };
        yield return new("a code that YAML takes for a boolean", Overlay(string.Empty, "\"no\""))
        {
            Code = "no", Fullname = "no", DatabaseSecret = "no-pg",
        };
        yield return new("a name of its own", "instance: {code: acme, fullname: odoo-prod}\n")
        {
            Fullname = "odoo-prod", DatabaseSecret = "odoo-prod-pg",
        };
        yield return new("a clone", "instance: {code: acme, cloneFromCode: acme-old}\n") { CloneFrom = "acme-old" };
        yield return new("a clone of itself", "instance: {code: acme, cloneFromCode: acme}\n") { CloneFrom = "acme" };
    }

    private static IEnumerable<OverlayCase> Around()
    {
        yield return new("a Secret of its own", Overlay("postgresql: {existingSecret: \"4711\"}")) { DatabaseSecret = "4711" };
        yield return new("everything about the Ingress", Overlay("""
            ingress:
              className: traefik
              host: erp.acme.example
              tlsSecret: acme-tls
              annotations: {traefik.ingress.kubernetes.io/router.middlewares: acme-headers@kubernetescrd}
              retry: {enabled: true, attempts: 5}
            """));
        yield return new("no Ingress", Overlay("ingress: {enabled: false, retry: {enabled: true}}"));
        yield return new("own resources and volumes", Overlay("""
            resources: {odoo: {limits: {memory: 8Gi}}, pg: null}
            persistence: {odoo: {size: 200Gi, storageClass: fast}, pg: {size: 0.5Ti}}
            """));
    }
}
