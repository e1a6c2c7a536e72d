using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Tests.Forecasts;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Demo;

/// <summary>What the program says of the example, held against Git and real Helm, which know nothing of the program.</summary>
public sealed class ForeignCheckTests(ExampleFleet fleet) : IClassFixture<ExampleFleet>
{
    [Theory]
    [InlineData("alpenhof", "unchanged", "no", "9893970a4d3504b3", "9893970a4d3504b3", "", "Nothing differs.")]
    [InlineData("bluefin", "update", "yes", "34640b482194f228", "251d86805760f9f5", "odoo", "mis_builder 17.0.1.0.3 → 17.0.1.1.0; the odoo pod restarts (1 init container changes).")]
    [InlineData("cobalt", "update", "audit-only", "93cd981e069c637a", "c19116f111c30336", "odoo", "+purchase; the odoo pod restarts for audit only (the hash changes, no init container does).")]
    [InlineData("driftwood", "suspended", "no", "523e4fc8c36b511c", null, "", "Suspended: nothing is changed until the desired state says present.")]
    [InlineData("eastgate", "retire", "no", "71d617e6d1c19a46", null, "", "The overlay is removed: the instance is retired and stops for good.")]
    [InlineData("fernhill", "create", "no", null, "2cebc58221e1ff73", "", "New instance with 4 addon rows; it starts for the first time.")]
    public void The_plan_says_of_each_instance(string code, string action, string restarts, string? before, string? after, string pods, string sentence)
    {
        var planned = fleet.Instance(code);

        Assert.Equal(
            (action, restarts, before, after, pods, sentence),
            (Text(planned, "action"), Text(planned, "restarts"), Text(planned, "hashBefore"), Text(planned, "hashAfter"),
                string.Join(' ', planned["pods"]!.AsArray().Select(pod => pod!.GetValue<string>())), Text(planned, "sentence")));
        Assert.Equal(6, fleet.Plan["instances"]!.AsArray().Count);
    }

    [Fact]
    public void One_init_container_changes_in_the_whole_fleet()
    {
        var changes = fleet.Plan["instances"]!.AsArray().SelectMany(item => item!["initContainers"]!.AsArray()).Select(item => item!.ToJsonString());

        Assert.Equal(
            ["""{"name":"addon-mis-builder","before":"registry.example/addons/mis_builder:17.0.1.0.3","after":"registry.example/addons/mis_builder:17.0.1.1.0"}"""],
            changes);
    }

    [Fact]
    public void The_plan_is_neither_held_nor_problematic()
    {
        Assert.Null(fleet.Plan["held"]);
        Assert.Empty(fleet.Plan["problems"]!.AsArray());
        Assert.Equal(0, fleet.Applied.Exit);
    }

    [Theory]
    [InlineData("bluefin", "M\tinstances/bluefin/values.yaml", "1 1")]
    [InlineData("cobalt", "M\tinstances/cobalt/values.yaml", "2 0")]
    [InlineData("eastgate", "D\tinstances/eastgate/values.yaml", "0 15")]
    [InlineData("fernhill", "A\tinstances/fernhill/values.yaml", "25 0")]
    public void Each_branch_changes_its_own_overlay_and_no_more_lines_than_needed(string code, string changed, string lines)
    {
        var branch = "odoosky/prod/i-" + code;

        Assert.Equal(changed, fleet.Git("diff", "--name-status", "main", branch));
        Assert.Equal(lines, string.Join(' ', fleet.Git("diff", "--numstat", "main", branch).Split('\t')[..2]));
        Assert.Equal(fleet.Git("rev-parse", "main"), fleet.Git("rev-parse", branch + "^"));
    }

    [Fact]
    public void Nothing_else_is_pushed() => Assert.Equal(
        "main odoosky/prod/i-bluefin odoosky/prod/i-cobalt odoosky/prod/i-eastgate odoosky/prod/i-fernhill",
        fleet.Git("for-each-ref", "--format=%(refname:short)").Replace('\n', ' '));

    [Fact]
    public void Windows_line_ends_and_comments_stay()
    {
        var text = System.Text.Encoding.UTF8.GetString(fleet.Read("odoosky/prod/i-cobalt", "instances/cobalt/values.yaml")!);

        Assert.StartsWith("# Cobalt Paints - edited on Windows, line ends are CRLF\r\n", text);
        Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
        Assert.Contains("    version: \"\"\r\n  - code: \"purchase\"\r\n    source: \"odoo-builtin\"\r\n  # from the registry\r\n", text);
    }

    [Theory]
    [InlineData("helm3")]
    [InlineData("helm4")]
    public async Task Real_Helm_renders_hash_and_init_containers_as_the_plan_said(string helm)
    {
        var program = new HelmProgram(helm);
        foreach (var planned in fleet.Plan["instances"]!.AsArray().Select(item => item!.AsObject()))
        {
            var (before, after) = await RenderAsync(program, planned);
            Assert.Equal(Text(planned, "hashBefore"), before?.Hash);
            if (Text(planned, "action") is not "suspended") Assert.Equal(Text(planned, "hashAfter"), after?.Hash);
            if (before is null || after is null) continue;
            Assert.Equal(planned["initContainers"]!.AsArray().Count, Containers(after.Addons).Except(before.Addons).Count);
            foreach (var change in planned["initContainers"]!.AsArray().Select(item => item!.AsObject()))
            {
                Assert.Contains((Text(change, "name")!, Text(change, "before")!), before.Addons);
                Assert.Contains((Text(change, "name")!, Text(change, "after")!), after.Addons);
            }

            Assert.Equal(planned["pods"]!.AsArray().Select(pod => pod!.GetValue<string>()), before.RolledBy(after));
            if (Text(planned, "restarts") == "audit-only") Assert.Equal(before.OdooWithoutHash, after.OdooWithoutHash);
        }
    }

    [Fact]
    public async Task A_second_pass_writes_nothing()
    {
        var refs = fleet.Git("for-each-ref");

        var again = await fleet.RunAsync("apply");

        Assert.Equal(0, again.Exit);
        Assert.Equal(["unchanged", "unchanged", "unchanged", "unchanged"], again.Output.Split('\n').Where(line => line.Contains("  odoosky/prod/", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
        Assert.Equal(refs, fleet.Git("for-each-ref"));
    }

    private async Task<(RenderedPods? Before, RenderedPods? After)> RenderAsync(HelmProgram helm, JsonObject planned)
    {
        var path = Text(planned, "path")!;
        var branch = "odoosky/prod/i-" + Text(planned, "code");
        var exists = fleet.Git("for-each-ref", "refs/heads/" + branch).Length > 0;
        var sides = await Task.WhenAll(Side("main"), Side(exists ? branch : "main"));
        return (sides[0], sides[1]);

        async Task<RenderedPods?> Side(string revision) =>
            fleet.Read(revision, path) is { } overlay ? await helm.RenderAsync(HelmProgram.Chart, overlay) : null;
    }

    private static ImmutableHashSet<(string, string)> Containers(ImmutableArray<(string, string)> addons) => [.. addons];

    private static string? Text(JsonObject item, string key) => item[key]?.GetValue<string>();
}
