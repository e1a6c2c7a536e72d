using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>The alert rules and the dashboard in deploy/: right by Prometheus' own tool, and about metrics that there are.</summary>
public sealed partial class AlertTests
{
    private static readonly string Alerts = Path.Combine(ExampleRepo.Sources, "deploy", "alerts");

    private static string Rules => File.ReadAllText(Path.Combine(Alerts, "odoosky.yaml"));

    private static string RuleTests => File.ReadAllText(Path.Combine(Alerts, "odoosky.test.yaml"));

    [Fact]
    public async Task The_rules_do_what_their_tests_say()
    {
        var check = await TestProgram.RunAsync("promtool", ["check", "rules", Path.Combine(Alerts, "odoosky.yaml")]);
        var tests = await TestProgram.RunAsync("promtool", ["test", "rules", Path.Combine(Alerts, "odoosky.test.yaml")]);

        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.True(tests.ExitCode == 0, tests.Output + tests.Errors);
    }

    [Fact]
    public void Each_rule_has_a_test_that_it_fires_and_one_that_it_is_quiet()
    {
        var alerts = Alert().Matches(Rules).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(15, alerts.Count);
        Assert.All(alerts, alert => Assert.Contains($"- name: {alert} fires\n", RuleTests, StringComparison.Ordinal));
        Assert.All(alerts, alert => Assert.Contains($"- name: {alert} is quiet\n", RuleTests, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_rule_says_what_is_wrong_and_what_to_do()
    {
        var rules = Rules.Split("- alert: ").Skip(1).ToList();

        Assert.All(rules, rule => Assert.Matches(@"severity: (critical|warning|info)\}[\s\S]*summary: [\s\S]*description: ", rule));
    }

    [Fact]
    public void Rules_and_dashboard_speak_only_of_metrics_that_there_are()
    {
        var known = ScrapeTests.Documented().SelectMany(metric => metric.Type == "histogram"
            ? (string[])[metric.Name + "_bucket", metric.Name + "_sum", metric.Name + "_count"] : [metric.Name]).ToHashSet();
        var expressions = Expression().Matches(Rules).Select(match => match.Value).Concat(Queries()).ToList();
        var used = expressions.SelectMany(text => Metric().Matches(text)).Select(match => match.Value).Distinct().ToList();

        Assert.True(used.Count > 25, $"the rules and the dashboard speak of {used.Count} metrics");
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public async Task Prometheus_can_read_every_query_of_the_dashboard()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("odoosky-board-").FullName, "rules.json");
        var rules = Queries().Where(query => !query.StartsWith("label_values", StringComparison.Ordinal)).Select((query, i) => new JsonObject
        {
            ["record"] = $"q:{i}",
            ["expr"] = query.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$target", ".*", StringComparison.Ordinal),
        }).ToArray<JsonNode>();
        await File.WriteAllTextAsync(file, new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "board", ["rules"] = new JsonArray(rules) }) }.ToJsonString());

        var run = await TestProgram.RunAsync("promtool", ["check", "rules", file]);

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains($"{rules.Length} rules found", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Panels_of_the_dashboard_have_words_and_do_not_lie_over_each_other()
    {
        var panels = Panels();

        Assert.Equal(panels.Count, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.All(panels.Where(panel => (string?)panel["type"] != "row"), panel => Assert.NotEqual("", (string?)panel["description"] ?? ""));
        var cells = panels.SelectMany(panel =>
        {
            var place = panel["gridPos"]!;
            return from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!) from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!) select (x, y);
        }).ToList();
        Assert.All(cells, cell => Assert.InRange(cell.x, 0, 23));
        Assert.Equal(cells.Count, cells.Distinct().Count());
    }

    private static List<JsonNode> Panels() => [.. Dashboard()["panels"]!.AsArray().OfType<JsonNode>()];

    private static IEnumerable<string> Queries() => Panels().SelectMany(panel => panel["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)
        .Append((string)Dashboard()["templating"]!["list"]![1]!["query"]!["query"]!);

    private static JsonNode Dashboard() => JsonNode.Parse(File.ReadAllText(Path.Combine(ExampleRepo.Sources, "deploy", "dashboards", "odoosky.json")))!;

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"expr: [\s\S]*?(?=\n        (for|labels):)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\b(odoosky|process|dotnet)_[a-z_]+\b")]
    private static partial Regex Metric();
}
