using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forecasts;

/// <summary>A real Helm, which ./test installs, rendering a chart with one overlay.</summary>
internal sealed record HelmProgram(string Name)
{
    public static ImmutableArray<HelmProgram> Both { get; } = [new("helm3"), new("helm4")];

    /// <summary>The sources' root.</summary>
    public static string Sources { get; } = FindSources();

    public static string Example { get; } = Path.Combine(Sources, "examples", "repo");

    public static string Chart { get; } = Path.Combine(Example, "charts", "instance");

    public async Task<RenderedPods> RenderAsync(string chart, ReadOnlyMemory<byte> overlay)
    {
        var program = Path.Combine(Sources, ".tools", Name);
        Assert.True(File.Exists(program), $"Real Helm is missing at {program}. ./test installs it; or run tests/tools/install.");
        using var process = Process.Start(new ProcessStartInfo(program, ["template", "release", chart, "--namespace", "odoo", "--values", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.BaseStream.WriteAsync(overlay);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Name}: {await errors}\n{Encoding.UTF8.GetString(overlay.Span)}");
        return RenderedPods.Read(await output);
    }

    private static string FindSources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OdooSky.GitOps.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

/// <summary>The pod templates of the odoo Deployment and the pg StatefulSet, as JSON with sorted keys.</summary>
internal sealed record RenderedPods(string Odoo, string Pg, string OdooWithoutHash, string Hash, ImmutableArray<(string Name, string Image)> Addons)
{
    private const string HashAnnotation = "odoosky.io/addons-hash";

    /// <summary>The roles whose pods Kubernetes would replace.</summary>
    public ImmutableArray<string> RolledBy(RenderedPods after) =>
        [.. (Odoo == after.Odoo ? [] : (string[])["odoo"]).Concat(Pg == after.Pg ? [] : ["pg"])];

    public static RenderedPods Read(string manifests)
    {
        var objects = manifests.Split("\n---\n").Select(Object).OfType<HelmMap>().ToList();
        var odoo = Template(objects, "Deployment");
        var annotations = (HelmMap)Map(odoo, "metadata").Find("annotations")!;
        var bare = odoo.With("metadata", Map(odoo, "metadata").With("annotations", annotations.Without(HashAnnotation)));
        var containers = ((HelmList)Map(odoo, "spec").Find("initContainers")!).Items.Cast<HelmMap>()
            .Select(container => (Text(container, "name"), Text(container, "image")))
            .Where(container => container.Item1.StartsWith("addon-", StringComparison.Ordinal));
        return new RenderedPods(
            Json(odoo), Json(Template(objects, "StatefulSet")), Json(bare), Text(annotations, HashAnnotation), [.. containers]);
    }

    private static HelmMap? Object(string text)
    {
        var reading = YamlDocument.Read(Encoding.UTF8.GetBytes(text), YamlLimits.Values);
        Assert.True(reading.Value is not null, reading.Failure?.Message);
        return reading.Value!.Root?.ToValue().Value as HelmMap;
    }

    private static HelmMap Template(IEnumerable<HelmMap> objects, string kind) =>
        Map(Map(Assert.Single(objects, item => Text(item, "kind") == kind), "spec"), "template");

    private static HelmMap Map(HelmMap map, string key) => (HelmMap)map.Find(key)!;

    private static string Text(HelmMap map, string key) => ((HelmText)map.Find(key)!).Value;

    private static string Json(HelmValue value) => Encoding.UTF8.GetString(GoJson.Write(value));
}
