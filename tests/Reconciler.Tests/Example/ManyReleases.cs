using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// Many releases in one run of Helm: a chart whose subcharts are copies of the chart under test, each with one release's
/// values for defaults. What a release is made of is put together as Helm does it, which other tests hold.
/// </summary>
internal sealed partial class ManyReleases : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-releases-");

    private ManyReleases(int count) => Count = count;

    private int Count { get; }

    private string Subcharts => Path.Combine(folder.FullName, "charts");

    public static ManyReleases Of(IEnumerable<string> overlays) => Of(overlays.Select(overlay => (overlay, Array.Empty<string>())));

    /// <param name="releases">Overlays, each with arguments such as <c>--set</c>.</param>
    public static ManyReleases Of(IEnumerable<(string Overlay, string[] Arguments)> releases)
    {
        var (chart, all) = (ChartUnderTest.Folder, releases.ToList());
        var made = new ManyReleases(all.Count);
        File.WriteAllText(Path.Combine(made.folder.FullName, "Chart.yaml"), "apiVersion: v2\nname: all\nversion: 0.1.0\n");
        var (head, defaults) = (File.ReadAllText(Path.Combine(chart, "Chart.yaml")), File.ReadAllBytes(Path.Combine(chart, "values.yaml")));
        for (var i = 0; i < all.Count; i++)
        {
            var (name, to) = (NameOf(i), Path.Combine(made.Subcharts, NameOf(i)));
            ChartUnderTest.Copy(chart, to);
            var renamed = head.Replace("name: instance\n", $"name: {name}\n", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(to, "Chart.yaml"), renamed);
            File.WriteAllBytes(Path.Combine(to, "values.yaml"), Merge(defaults, all[i].Overlay, all[i].Arguments));
        }

        return made;
    }

    /// <summary>Renders all of them; the test fails when one fails.</summary>
    /// <returns>The releases' texts, in order. They differ from Helm's for one release in the comments that name the source.</returns>
    public async Task<ImmutableArray<string>> RenderAsync(RealHelm helm)
    {
        var run = await helm.TemplateTextAsync(folder.FullName, "{}\n");
        Assert.True(run.ExitCode == 0, $"{helm}: {run.Errors}");
        var texts = Enumerable.Range(0, Count).Select(_ => new StringBuilder()).ToArray();
        foreach (var document in Beginning().Split(run.Output).Skip(1))
        {
            var source = Source().Match(document);
            texts[NumberOf(source)].Append("---\n# Source: instance").Append(document.AsSpan(source.Length));
        }

        return [.. texts.Select(text => text.ToString())];
    }

    /// <summary>Renders, and expects that each release is refused by the schema.</summary>
    /// <returns>What Helm says of each, a line each without the dash.</returns>
    public async Task<ImmutableArray<ImmutableArray<string>>> RefusalsAsync(RealHelm helm)
    {
        var run = await helm.TemplateTextAsync(folder.FullName, "{}\n");
        var said = new ImmutableArray<string>[Count];
        Array.Fill(said, []);
        var at = -1;
        foreach (var line in run.Errors.Split('\n'))
            if (Heading().Match(line) is { Success: true } heading) at = NumberOf(heading);
            else if (at >= 0 && line.TrimStart().StartsWith("- ", StringComparison.Ordinal)) said[at] = said[at].Add(line.TrimStart()[2..]);
        return [.. said];
    }

    /// <summary>Looks at each of them as <c>helm lint --strict</c> does.</summary>
    public Task<ProgramRun> LintAsync(RealHelm helm) =>
        helm.RunAsync(["lint", "--strict", .. Enumerable.Range(0, Count).Select(i => Path.Combine(Subcharts, NameOf(i)))], string.Empty);

    public void Dispose() => folder.Delete(recursive: true);

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number:000}");

    private static int NumberOf(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    private static byte[] Merge(byte[] defaults, string overlay, string[] arguments)
    {
        var file = Encoding.UTF8.GetBytes(overlay);
        var reading = HelmValues.Read(new() { Files = [file], ChartValues = defaults, Arguments = [.. arguments] });
        Assert.True(reading.Failure is null, $"{overlay}: {reading.Failure?.Message}");
        return GoJson.Write(reading.Value!);
    }

    [GeneratedRegex("^---\n", RegexOptions.Multiline)]
    private static partial Regex Beginning();

    [GeneratedRegex("^# Source: all/charts/r(?<number>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();

    [GeneratedRegex("^(- [^\n]*)?r(?<number>[0-9]{3}):$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}
