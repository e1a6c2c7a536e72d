using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class RestartPathsTests
{
    private const string Before = """
        instance: {code: acme}
        addons: [{code: web, source: oca, image: r.example/web, version: "1"}]
        ingress: {retry: {enabled: true}}
        """;

    /// <summary>Each listed path, and paths below it, with another value; no pods: nothing rolls.</summary>
    private static readonly ImmutableArray<(string Path, string Json, string[] Pods)> Changes =
    [
        ("addonsMountPath", "\"/opt/addons\"", ["odoo"]),
        ("image.repository", "\"r.example/odoo\"", ["odoo"]),
        ("image.tag", "\"18.0\"", ["odoo"]),
        ("imageMirror.registry", "\"mirror.example\"", ["odoo"]),
        ("imageMirror.pullSecret", "\"login\"", ["odoo", "pg"]),
        ("ingress.annotations", """{"a.example/b": "c"}""", []),
        ("ingress.className", "\"nginx\"", []),
        ("ingress.domain", "\"other.example\"", []),
        ("ingress.enabled", "false", []),
        ("ingress.host", "\"erp.acme.example\"", []),
        ("ingress.retry.attempts", "3", []),
        ("ingress.retry.enabled", "false", []),
        ("ingress.retry.initialInterval", "\"1s\"", []),
        ("ingress.tlsSecret", "\"acme-tls\"", []),
        ("instance.cloneFromCode", "\"acme-old\"", ["odoo"]),
        ("instance.code", "\"other\"", ["odoo", "pg"]),
        ("instance.fullname", "\"other\"", ["odoo", "pg"]),
        ("persistence.odoo.size", "\"99Gi\"", []),
        ("persistence.pg.size", "\"99Gi\"", []),
        ("postgresql.existingSecret", "\"own\"", ["odoo", "pg"]),
        ("postgresql.image.repository", "\"r.example/postgres\"", ["pg"]),
        ("postgresql.image.tag", "\"17\"", ["pg"]),
        ("resources.odoo", """{"limits": {"memory": "9Gi"}}""", ["odoo"]),
        ("resources.pg", """{"limits": {"memory": "9Gi"}}""", ["pg"]),
    ];

    /// <summary>Left out of the file: what a change of these costs is decided elsewhere, or nobody can know.</summary>
    private static readonly string[] Unknown = ["addons", "persistence.odoo.storageClass", "persistence.pg.storageClass"];

    [Fact]
    public void The_file_is_read_without_a_problem()
    {
        Assert.Empty(Read().Problems);
        Assert.NotEmpty(Read().Paths);
    }

    [Fact]
    public async Task What_is_listed_is_what_Helm_rolls()
    {
        var paths = Read();
        using var releases = ManyReleases.Of(Changes.Select(change => (Before, new[] { "--set-json", $"{change.Path}={change.Json}" }))
            .Prepend((Before, [])));
        foreach (var helm in RealHelm.Both)
        {
            var rendered = (await releases.RenderAsync(helm)).Select(RenderedManifests.Parse).ToList();
            foreach (var ((path, _, pods), after) in Changes.Zip(rendered.Skip(1)))
            {
                var rolled = string.Join(" and ", Rolled(rendered[0], after));
                Assert.True(string.Join(" and ", pods) == rolled, $"{helm}: a change of {path} rolls: {rolled}");
                Assert.True(pods.SequenceEqual(paths.PodsOf(ValuePath.TryParse(path)!)!.Value),
                    $"{RestartPaths.FileName} says otherwise of {path}");
                Assert.False(Same(rendered[0], after), $"{helm}: {path} changes nothing, so the test proves nothing");
            }
        }
    }

    [Fact]
    public void Every_value_of_the_chart_is_listed_and_tried_or_left_out_on_purpose()
    {
        var reading = HelmValues.Read(new HelmInput { Files = [File.ReadAllBytes(Path.Combine(ChartUnderTest.Folder, "values.yaml"))] });
        var paths = Read();
        foreach (var leaf in Leaves(reading.Value!, []))
        {
            var listed = paths.PodsOf(leaf) is not null;
            Assert.True(listed != Unknown.Contains(leaf.ToString()), $"{leaf} is listed: {listed}");
            Assert.True(!listed || Changes.Any(change => ValuePath.TryParse(change.Path)!.Covers(leaf)), $"{leaf} is never tried");
        }
    }

    [Fact]
    public async Task A_size_of_a_volume_and_the_way_in_change_without_an_outage()
    {
        foreach (var helm in RealHelm.Both)
        {
            var before = await helm.RenderAsync(ChartUnderTest.Folder, [ExampleRepo.Overlay("cobalt")]);
            var after = await helm.RenderAsync(ChartUnderTest.Folder, [ExampleRepo.Overlay("cobalt")], "--set",
                "persistence.odoo.size=80Gi,ingress.host=c.example");
            Assert.Empty(Rolled(before, after));
        }
    }

    private static RestartPaths Read() => 
        RestartPaths.Read(RestartPaths.FileName, File.ReadAllBytes(Path.Combine(ChartUnderTest.Folder, RestartPaths.FileName)));

    private static IEnumerable<string> Rolled(RenderedManifests before, RenderedManifests after)
    {
        if (!JsonNode.DeepEquals(before.OdooPod, after.OdooPod)) yield return "odoo";
        if (!JsonNode.DeepEquals(before.PgPod, after.PgPod)) yield return "pg";
    }

    private static bool Same(RenderedManifests before, RenderedManifests after)
    {
        var (left, right) = (WithoutSecret(before), WithoutSecret(after));
        return left.Length == right.Length && left.Zip(right).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
    }

    private static ImmutableArray<JsonObject> WithoutSecret(RenderedManifests manifests) =>
        [.. manifests.Objects.Where(item => item.Text("kind") != "Secret")];

    private static IEnumerable<ValuePath> Leaves(HelmValue value, ImmutableArray<string> above) =>
        value is HelmMap { Entries.Length: > 0 } map
            ? map.Entries.SelectMany(entry => Leaves(entry.Value, above.Add(entry.Key)))
            : [new ValuePath(above)];
}
