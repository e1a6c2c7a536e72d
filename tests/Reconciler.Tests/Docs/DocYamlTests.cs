using System.Text;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Docs;

/// <summary>Every file that the pages show is read by the strict readers without a word.</summary>
public sealed partial class DocYamlTests
{
    private static readonly IReadOnlyList<(string Kind, FencedBlock Block)> Files =
    [
        .. DocPage.All.SelectMany(page => page.Blocks()).Where(block => block.Language == "yaml")
            .Select(block => (Kind().Match(block.Text).Groups[1].Value, block))
            .Where(file => file.Value.Length > 0),
    ];

    public static TheoryData<string, int> Places()
    {
        var places = new TheoryData<string, int>();
        foreach (var (_, block) in Files) places.Add(block.Page, block.Line);
        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_file_that_a_page_shows_has_no_problem(string page, int line)
    {
        var (kind, block) = Files.Single(file => file.Block.Page == page && file.Block.Line == line);

        Assert.Empty(Problems(kind, block.Text));
    }

    [Fact]
    public void Each_kind_of_file_is_shown_somewhere() => Assert.Equal(
        ["AddonCatalog", "GitOps", "Instance", "RestartPaths", "Settings"],
        Files.Select(file => file.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static IEnumerable<Problem> Problems(string kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return kind switch
        {
            "Instance" => InstanceFile.Read($"desired/instances/{Code().Match(text).Groups[1].Value}.yaml", bytes, string.Empty).Problems,
            "AddonCatalog" => CatalogFile.Read("desired/addons.yaml", bytes, string.Empty).Problems,
            "RestartPaths" => RestartPaths.Read(RestartPaths.FileName, bytes).Problems,
            "Settings" => new SettingsLayers { Service = new SettingsText(ServiceSettings.FileName, bytes) }.Resolve(null).Problems,
            "GitOps" => GitOps(bytes),
            _ => throw new InvalidOperationException($"No reader for {kind}."),
        };
    }

    private static IEnumerable<Problem> GitOps(byte[] bytes)
    {
        var file = StrictFile.Open(GitOpsSettings.FileName, bytes, SettingsCodes.Strict);
        _ = new GitOpsReader(file, new GitOpsSettings()).Read();
        return file.Problems();
    }

    [GeneratedRegex("(?m)^kind: (Instance|AddonCatalog|GitOps|Settings|RestartPaths)$")]
    private static partial Regex Kind();

    [GeneratedRegex("(?m)^code: ([a-z0-9-]+)")]
    private static partial Regex Code();
}
