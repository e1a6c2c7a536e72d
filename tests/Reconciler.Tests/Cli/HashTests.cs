using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Tests.Forecasts;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>The hash of files, of standard input, and of many questions.</summary>
public sealed class HashTests : IDisposable
{
    private const string Rows = "addons: [{code: a}]\n";
    private const string RowsHash = "b8a1c7554e5ddb3b";

    private readonly Prompt prompt = new();

    public HashTests()
    {
        prompt.Write("a.yaml", Rows);
        prompt.Write("chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        prompt.Write("chart/values.yaml", "addons: []\n");
    }

    public void Dispose() => prompt.Dispose();

    [Theory]
    [InlineData("-f a.yaml", RowsHash)]
    [InlineData("--values a.yaml --helm 3", RowsHash)]
    [InlineData("-f a.yaml --helm 4.2.3", RowsHash)]
    [InlineData("-f -", "080a9ed428559ef6")]
    [InlineData("-f a.yaml -f -", "080a9ed428559ef6")]
    [InlineData("-f - -f a.yaml", RowsHash)]
    [InlineData("--chart chart", "4f53cda18c2baa0c")]
    [InlineData("--chart-values chart/values.yaml", "4f53cda18c2baa0c")]
    [InlineData("-f a.yaml --chart chart", RowsHash)]
    [InlineData("-f a.yaml --set addons[0].code=b", "fdf359a91dcb82b3")]
    [InlineData("-f a.yaml --set addons[0].code=b --set-string addons[0].code=a", RowsHash)]
    [InlineData("-f a.yaml --set addons=null", "74234e98afe7498f")]
    public async Task The_hash_of_values_is_printed(string arguments, string hash)
    {
        var ran = await prompt.TypeAsync("addons: [1]\n", ["hash", .. arguments.Split(' ')]);

        Assert.Equal((0, hash + "\n", string.Empty), (ran.Exit, ran.Output, ran.Messages));
    }

    [Fact]
    public async Task JSON_and_YAML_hold_what_was_hashed_too()
    {
        var json = await prompt.RunAsync("hash", "-f", "a.yaml", "-o", "json");
        var yaml = await prompt.RunAsync("hash", "-f", "a.yaml", "-o", "yaml");

        Assert.Equal("""{"hash":"b8a1c7554e5ddb3b","json":"[{\"code\":\"a\"}]"}""", json.Json.ToJsonString(Relaxed));
        Assert.Equal("hash: \"b8a1c7554e5ddb3b\"\njson: \"[{\\\"code\\\":\\\"a\\\"}]\"\n", yaml.Output);
    }

    [Theory]
    [InlineData("-f missing.yaml", "OSG0001: missing.yaml: there is no such file.")]
    [InlineData("-f a.yaml --chart nowhere", "OSG0001: nowhere: there is no Chart.yaml in it, without which Helm takes it for no chart; --chart-values names a values.yaml alone.")]
    [InlineData("-f a.yaml --helm 2", "OSG0001: --helm 2 is not a version")]
    [InlineData("--helm 4", "OSG0001: name at least one values file with -f, or a chart with --chart.")]
    [InlineData("-f a.yaml -f -", "OSG0301: -:1:9: Helm fails (yaml-open-bracket): ")]
    public async Task What_can_not_be_hashed_is_an_error(string arguments, string error)
    {
        var ran = await prompt.TypeAsync("addons: [", ["hash", .. arguments.Split(' ')]);

        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.StartsWith("odoosky: " + error, ran.Messages);
    }

    [Fact]
    public async Task A_hash_that_is_a_number_in_YAML_is_printed_with_a_warning()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => $"addons: [\"{i}\"]\n").First(text =>
            AddonsHash.LooksLikeNumber(AddonsHash.Of(new HelmList([new HelmText(text[10..^3])]))));

        var ran = await prompt.TypeAsync(values, "hash", "-f", "-");

        Assert.Equal(0, ran.Exit);
        Assert.Matches("^[0-9]+(e[0-9]+)?\n$", ran.Output);
        Assert.StartsWith($"warning OSG0503: {ran.Output.Trim()} is a number in YAML", ran.Messages);
    }

    [Theory]
    [InlineData("helm-values.jsonl", 246)]
    [InlineData("helm-set.jsonl", 29)]
    public async Task A_batch_answers_every_recorded_question_of_real_Helm_in_order(string file, int count)
    {
        var questions = File.ReadAllLines(Path.Combine(HelmProgram.Sources, "tests", "Overlay.Tests", "Vectors", file));

        var ran = await prompt.TypeAsync(string.Join('\n', questions), "hash", "--batch");

        Assert.Equal((0, string.Empty), (ran.Exit, ran.Messages));
        var answers = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((count, count), (questions.Length, answers.Length));
        var (wrong, refused) = (new List<string>(), 0);
        foreach (var (question, line) in questions.Zip(answers))
        {
            JsonNode asked = JsonNode.Parse(question)!, answer = JsonNode.Parse(line)!;
            if (answer["refused"] is not null) refused++;
            else if (Text(asked, "hash") != Text(answer, "hash") || Text(asked, "json") != Text(answer, "json") || asked["hash"] is null == answer["error"] is null)
                wrong.Add($"{asked["name"]}: {line}");
        }

        Assert.Empty(wrong);
        Assert.True(refused * 20 <= count, $"{refused} of {count} refused");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"values\": [5]}")]
    [InlineData("{\"values\": \"a: 1\"}")]
    [InlineData("{\"values\": [null]}")]
    [InlineData("{\"values\": [null], \"valuesBase64\": [\"***\"]}")]
    [InlineData("{\"values\": [\"a: 1\"], \"args\": \"--set\"}")]
    [InlineData("{\"values\": [\"a: 1\"], \"chartValues\": {}}")]
    [InlineData("{\"values\": [\"a: 1\"], \"helm\": 4}")]
    [InlineData("{\"values\": [\"a: 1\"], \"values\": [\"a: 2\"]}")]
    [InlineData("{\"values\": [\"\\ud800\"]}")]
    [InlineData("{\"values\": [\"a: 1\"]")]
    public async Task A_line_that_is_no_question_is_an_error_and_the_others_are_answered(string line)
    {
        var ran = await prompt.TypeAsync($"{{\"values\": [\"addons: [1]\"]}}\n{line}\n\n{{\"values\": [\"addons: []\"]}}\n", "hash", "--batch");

        Assert.Equal(1, ran.Exit);
        var answers = ran.Output.TrimEnd('\n').Split('\n').Select(answer => JsonNode.Parse(answer)!).ToList();
        Assert.Equal(["080a9ed428559ef6", null, "4f53cda18c2baa0c"], answers.Select(answer => Text(answer, "hash")));
        Assert.StartsWith("no-question: ", Text(answers[1], "error"));
    }

    [Fact]
    public async Task Helm_s_failures_and_refusals_are_answers_and_no_error_of_the_batch()
    {
        var ran = await prompt.TypeAsync(
            "{\"values\": [\"a: [\"]}\n{\"values\": [\"addons: [1]\"], \"helm\": \"9\"}\n{\"values\": [null], \"valuesBase64\": [\"YWRkb25zOiBbMV0=\"], \"helm\": \"3\"}\n",
            "hash", "--batch");

        Assert.Equal(0, ran.Exit);
        var answers = ran.Output.TrimEnd('\n').Split('\n').Select(answer => JsonNode.Parse(answer)!).ToList();
        Assert.NotNull(answers[0]["error"]);
        Assert.NotNull(answers[1]["refused"]);
        Assert.Equal("{\"json\":\"[1]\",\"hash\":\"080a9ed428559ef6\"}", answers[2].ToJsonString());
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? Text(JsonNode node, string key) => node[key]?.GetValue<string>();
}
