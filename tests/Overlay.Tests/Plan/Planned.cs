using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>Short ways to a planned instance named acme.</summary>
internal static class Planned
{
    public const string Path = "instances/acme/values.yaml";

    public const string Overlay = """
        instance:
          code: acme
        addons:
          - code: sale
            source: odoo-builtin
            image: ""
            version: ""
          - code: web_x
            source: oca
            image: r.example/web_x
            version: "1.0"

        """;

    public static AddonRow Sale { get; } = new("sale", "odoo-builtin", string.Empty, string.Empty);

    public static AddonRow Web { get; } = new("web_x", "oca", "r.example/web_x", "1.0");

    public static InstanceCode Acme { get; } = InstanceCode.TryParse("acme")!;

    public static PlanRules Rules { get; } = new()
    {
        ChartValues = Encoding.UTF8.GetBytes("addons: []\nimage: {repository: odoo, tag: \"17.0\"}\nresources: {odoo: {}, pg: {}}\n"),
        RestartPaths = Restarts("{image: [odoo], resources.odoo: [odoo], resources.pg: [pg], ingress: []}"),
    };

    public static DesiredInstance Wish(params ImmutableArray<AddonRow> rows) => new()
    {
        Code = Acme,
        Place = new Place("desired/instances/acme.yaml"),
        Addons = rows,
        Request = new Request("ann@x.example", "because", "T-1"),
        Revision = "aaaa+bbbb",
    };

    public static OverlayChange Plan(DesiredInstance? wish, string? overlay = Overlay, PlanRules? rules = null, bool broken = false)
    {
        var current = overlay is null ? null : OverlayDocument.Read(Path, Encoding.UTF8.GetBytes(overlay), Acme);
        return new InstancePlanner(rules ?? Rules).Plan(new InstanceFacts(Acme, Path, wish, broken, current));
    }

    public static RestartPaths Restarts(string paths, string more = "")
    {
        var read = RestartPaths.Read(RestartPaths.FileName, Encoding.UTF8.GetBytes($"apiVersion: odoosky.io/v1\nkind: RestartPaths\n{more}paths: {paths}\n"));
        Assert.Empty(read.Problems);
        return read;
    }

    public static HelmMap Values(string yaml)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(yaml)] });
        Assert.True(reading.Value is not null, reading.Failure?.Message);
        return reading.Value!;
    }

    public static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
