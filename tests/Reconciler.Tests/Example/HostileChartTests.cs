using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// The chart's schema on every hostile text, in one run of each Helm: a chart of many subcharts, each with the instance
/// chart's schema and one text in its values. Helm names all that are wrong at once.
/// </summary>
public sealed partial class HostileChartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-hostile-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public Task No_hostile_text_passes_for_a_code() =>
        AssertRefusedAsync(HostileCodes.All, text => $"{{instance: {{code: {text}}}}}");

    [Fact]
    public Task No_hostile_text_passes_for_a_clones_origin() =>
        AssertRefusedAsync(HostileCodes.All.Remove(string.Empty), text => $"{{instance: {{code: acme, cloneFromCode: {text}}}}}");

    [Fact]
    public Task No_text_that_the_tools_refuse_passes_for_an_addons_code() => AssertRefusedAsync(
        HostileCodes.All.Where(text => !AddonCode().IsMatch(text)),
        text => $"{{instance: {{code: acme}}, addons: [{{code: {text}, source: odoo-builtin}}]}}");

    private async Task AssertRefusedAsync(IEnumerable<string> texts, Func<string, string> values)
    {
        var all = texts.Order(StringComparer.Ordinal).ToImmutableArray();
        Assert.True(all.Length >= 200, $"{all.Length} texts");
        await WriteChartAsync("Chart.yaml", "apiVersion: v2\nname: all\nversion: 0.1.0\n");
        var overlay = new StringBuilder($"right: {values("acme")}\n");
        var schema = await File.ReadAllTextAsync(Path.Combine(ExampleRepo.Chart, "values.schema.json"));
        var defaults = await File.ReadAllTextAsync(Path.Combine(ExampleRepo.Chart, "values.yaml"));
        foreach (var name in all.Select((_, index) => $"hostile{index}").Append("right"))
        {
            await WriteChartAsync($"charts/{name}/Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: 0.1.0\n");
            await WriteChartAsync($"charts/{name}/values.schema.json", schema);
            await WriteChartAsync($"charts/{name}/values.yaml", defaults);
        }

        for (var index = 0; index < all.Length; index++) overlay.Append(CultureInfo.InvariantCulture, $"hostile{index}: {values(Escape(all[index]))}\n");
        foreach (var helm in RealHelm.Both)
        {
            var run = await helm.TemplateTextAsync(folder.FullName, overlay.ToString());
            var refused = Refused().Matches(run.Errors).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            Assert.All(all.Select((text, index) => (Text: text, Index: index)), item =>
                Assert.True(refused.Contains($"hostile{item.Index}"), $"{helm} lets {Escape(item.Text)} pass: {run.Errors}"));
            Assert.DoesNotContain("right", refused);
        }
    }

    // As YAML takes any text, in quotes.
    private static string Escape(string text) => $"\"{string.Concat(text.EnumerateRunes().Select(rune => $"\\U{rune.Value:X8}"))}\"";

    private async Task WriteChartAsync(string path, string text)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
    }

    /// <summary>What the tools take for an addon's code, which their own tests hold.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex AddonCode();

    // Helm 3 leaves out the line break after an error that is no list.
    [GeneratedRegex("(?<name>hostile[0-9]+|right):$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();
}
