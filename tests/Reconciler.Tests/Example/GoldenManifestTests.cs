using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// Each case's manifests byte by byte, as Helm 3 writes them, in Golden/. <c>ODOOSKY_WRITE_GOLDEN=1</c> writes the files anew:
/// read their difference in Git before it is committed, for it is what every instance would see.
/// </summary>
public sealed partial class GoldenManifestTests
{
    private static readonly string Folder = Path.Combine(ExampleRepo.Sources, "tests", "Reconciler.Tests", "Example", "Golden");

    [Fact]
    public async Task Each_case_renders_the_bytes_of_its_golden_file_and_each_file_has_a_case()
    {
        var rendered = (await Renderings.AllAsync()).Where(item => item.Helm == RealHelm.Three).ToList();
        if (Environment.GetEnvironmentVariable("ODOOSKY_WRITE_GOLDEN") is not null) Write(rendered);
        Assert.All(rendered, item => Assert.Equal(File.ReadAllText(FileOf(item.Case)), WithoutPassword(item.Text)));
        Assert.Equal(
            OverlayCases.All.Select(item => item.FileName + ".yaml").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Helm_4_writes_the_same_bytes_but_for_an_empty_line_after_an_object()
    {
        var (three, four) = await ByHelmAsync();
        Assert.All(three.Zip(four), pair =>
            Assert.Equal(WithoutPassword(pair.First.Text), WithoutPassword(AsHelm3(pair.Second.Text))));
        Assert.All(four, item => Assert.Matches(EmptyLast(), item.Text));
    }

    [Fact]
    public async Task Rendering_again_makes_the_same_bytes_but_for_the_generated_password()
    {
        var (first, second) = (await Renderings.AllAsync(), await Renderings.RenderAtOnceAsync(OverlayCases.All));
        Assert.All(first.Zip(second), pair =>
        {
            Assert.Equal(pair.First.ToString(), pair.Second.ToString());
            var (one, other) = (AsHelm3(pair.First.Text), AsHelm3(pair.Second.Text));
            Assert.Equal(WithoutPassword(one), WithoutPassword(other));
            Assert.Equal(pair.First.Case.OwnSecret is not null, one == other);
        });
    }

    [Fact]
    public void About_60_overlays_are_generated_and_each_pair_of_choices_stands_in_one()
    {
        var generated = OverlayCases.All.Where(item => !item.Name.StartsWith("example ", StringComparison.Ordinal)).ToList();
        Assert.InRange(generated.Count, 55, 70);
        Assert.Equal(generated.Count, generated.Select(item => item.FileName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var sizes = ChosenOverlays.Questions.Select(choices => choices.Length).ToArray();
        var pairs = sizes.SelectMany((size, at) => sizes.Skip(at + 1).Select(other => size * other)).Sum();
        Assert.Equal(pairs, ChosenOverlays.Rows.SelectMany(Pairing.PairsOf).Distinct().Count());
    }

    private static async Task<(ImmutableArray<RenderedCase> Three, ImmutableArray<RenderedCase> Four)> ByHelmAsync()
    {
        var all = await Renderings.AllAsync();
        return ([.. all.Where(item => item.Helm == RealHelm.Three)], [.. all.Where(item => item.Helm == RealHelm.Four)]);
    }

    private static void Write(IEnumerable<RenderedCase> rendered)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var item in rendered) File.WriteAllText(FileOf(item.Case), WithoutPassword(item.Text));
    }

    private static string FileOf(OverlayCase item) => Path.Combine(Folder, item.FileName + ".yaml");

    private static string AsHelm3(string text) => EmptyLast().Replace(text, "\n");

    private static string WithoutPassword(string text) => Password().Replace(text, "${key}(made once)");

    [GeneratedRegex("^(?<key>  POSTGRES_PASSWORD: )[A-Za-z0-9+/]{43}=$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Password();

    // Helm 3 cuts the line break at the end of a template, Helm 4 keeps it.
    [GeneratedRegex("\n\n(?=---\n)|\n\n\\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyLast();
}
