using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>What a person sees who asks for help, or mistypes.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public async Task Help_lists_every_verb()
    {
        var ran = await prompt.RunAsync("--help");

        foreach (var verb in (string[])["plan", "apply", "render", "validate", "adopt", "merge", "hash", "schema", "config", "demo", "help"])
            Assert.Contains($"\n  {verb} ", ran.Output);
    }

    [Theory]
    [InlineData("plna", "Did you mean plan? odoosky --help shows the verbs.")]
    [InlineData("aply", "Did you mean apply? odoosky --help shows the verbs.")]
    [InlineData("plan --repositry x", "Did you mean --repository? odoosky plan --help shows examples.")]
    [InlineData("hash --chrt x", "Did you mean --chart? odoosky hash --help shows examples.")]
    [InlineData("plan --jsno", "odoosky plan --help shows examples.")]
    [InlineData("config veiw", "Did you mean view? odoosky config --help shows examples.")]
    [InlineData("config view --show-orign", "Did you mean --show-origin? odoosky config view --help shows examples.")]
    public async Task A_typo_gets_the_nearest_word(string typed, string hint)
    {
        var ran = await prompt.RunAsync(typed.Split(' '));

        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.StartsWith("odoosky: OSG0001: ", ran.Messages);
        Assert.EndsWith("\n" + hint + "\n", ran.Messages);
    }

    [Theory]
    [InlineData("-o jsn", "-o takes text, json or yaml, not jsn.")]
    [InlineData("-o 1", "-o takes text, json or yaml, not 1.")]
    [InlineData("render", "Required argument 'CODE' missing for command: 'render'.")]
    public async Task A_wrong_argument_is_one_line_without_the_program_s_inner_names(string typed, string error)
    {
        var ran = await prompt.RunAsync([.. typed.Contains("render", StringComparison.Ordinal) ? Array.Empty<string>() : ["plan"], .. typed.Split(' ')]);

        Assert.Equal(1, ran.Exit);
        Assert.StartsWith($"odoosky: OSG0001: {error}\n", ran.Messages);
        Assert.DoesNotContain("OdooSky.GitOps", ran.Messages);
    }

    [Theory]
    [InlineData("plna")]
    [InlineData("plan --repositry x")]
    [InlineData("schema Instnce")]
    [InlineData("hash -f missing.yaml")]
    [InlineData("plan --repository missing.git")]
    [InlineData("plan")]
    [InlineData("apply no-plan.json")]
    public async Task Errors_are_JSON_where_data_is(string typed)
    {
        foreach (var format in (string[])["json", "yaml"])
        {
            var ran = await prompt.RunAsync([.. typed.Split(' '), "-o", format]);

            Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
            Assert.All(ran.Messages.TrimEnd('\n').Split('\n'), line =>
            {
                var error = JsonNode.Parse(line)!["error"]!;
                Assert.Matches("^OSG0[0-9]{3}$", error["code"]!.GetValue<string>());
                Assert.NotEmpty(error["message"]!.GetValue<string>());
            });
        }
    }

    [Fact]
    public async Task Exit_codes_are_listed()
    {
        var text = await prompt.RunAsync("help", "exit-codes");
        var json = await prompt.RunAsync("help", "exit-codes", "-o", "json");

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "130"], text.Output.TrimEnd('\n').Split('\n').Select(line => line.TrimStart().Split(' ')[0]));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 130], json.Json.AsArray().Select(code => code!["code"]!.GetValue<int>()));
        Assert.Equal(0, (await prompt.RunAsync("help")).Exit);
    }

    [Fact]
    public void The_first_of_130_1_4_3_6_5_2_wins()
    {
        int[] order = [130, 1, 4, 3, 6, 5, 2, 0];

        for (var i = 0; i < order.Length; i++)
            Assert.Equal(order[i], (int)ExitCodes.Worst(order[i..].Reverse().Select(code => (ExitCode)code)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Colours_are_used_only_where_a_person_looks(bool colours)
    {
        prompt.Colours = colours;

        var ran = await prompt.RunAsync("hash", "-f", "missing.yaml");

        Assert.Equal(colours, ran.Messages.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Schemas_of_all_kinds_are_printed()
    {
        var kinds = (await prompt.RunAsync("schema", "-o", "json")).Json.AsArray().Select(kind => kind!["kind"]!.GetValue<string>()).ToList();

        Assert.Equal(["Instance", "AddonCatalog", "GitOps", "Settings", "RestartPaths"], kinds);
        foreach (var kind in kinds)
        {
            var schema = (await prompt.RunAsync("schema", kind)).Json;
            Assert.Equal("http://json-schema.org/draft-07/schema#", schema["$schema"]!.GetValue<string>());
            Assert.Equal(kind, schema["properties"]!["kind"]!["const"]!.GetValue<string>());
        }
    }
}
