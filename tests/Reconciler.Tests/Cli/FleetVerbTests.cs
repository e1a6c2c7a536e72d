using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>Verbs that work on a repository: their data, their exit codes, and where settings come from.</summary>
public sealed class FleetVerbTests : IDisposable
{
    private readonly TestFleet fleet = new();
    private readonly Prompt prompt = new();

    public void Dispose()
    {
        prompt.Dispose();
        fleet.Dispose();
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("validate")]
    [InlineData("config view")]
    [InlineData("apply")]
    public async Task YAML_is_the_same_data_as_JSON(string verb)
    {
        fleet.AddInstance("acme", "1.0", wished: "yes: 08 # no");
        fleet.AddInstance("globex", "1.0", wished: "1e3");
        fleet.Write("instances/orphan/values.yaml", "instance: {code: orphan}\naddons: [{code: a, note: \"x: y # z\"}]\n");
        fleet.Push();
        if (verb == "apply") await fleet.RunAsync("apply");

        var json = await fleet.RunAsync([.. verb.Split(' '), "-o", "json"]);
        var yaml = await fleet.RunAsync([.. verb.Split(' '), "-o", "yaml"]);

        Assert.Equal(json.Exit, yaml.Exit);
        var read = YamlDocument.Read(Encoding.UTF8.GetBytes(yaml.Output), YamlLimits.Values).Value!.Root!.Value.ToValue().Value!;
        Assert.True(JsonNode.DeepEquals(json.Json, JsonNode.Parse(GoJson.Write(read))), yaml.Output);
    }

    [Fact]
    public async Task Exit_codes_tell_nothing_changes_held_and_partly_apart()
    {
        for (var i = 0; i < 20; i++) fleet.AddInstance($"i{i:00}");
        fleet.Push();
        var nothing = await fleet.RunAsync("plan", "--detailed-exitcode");
        fleet.Wish("i00", "1.1");
        fleet.Push();
        var (changes, plain) = (await fleet.RunAsync("plan", "--detailed-exitcode"), await fleet.RunAsync("plan"));
        fleet.Wish("i01", "1.1", "stat: x\n");
        fleet.Push();
        var partly = await fleet.RunAsync("plan", "--detailed-exitcode");
        for (var i = 2; i < 8; i++) fleet.Wish($"i{i:00}", "1.1");
        fleet.Push();
        var held = await fleet.RunAsync("plan", "--detailed-exitcode");
        fleet.Write("desired/instances/i19.yaml", "kind: [\n");
        fleet.Push();
        var error = await fleet.RunAsync("plan", "--detailed-exitcode");

        Assert.Equal([0, 2, 0, 6, 3, 1], new[] { nothing, changes, plain, partly, held, error }.Select(ran => ran.Exit));
    }

    [Fact]
    public async Task Validate_lists_the_problems_of_all_files_at_once()
    {
        fleet.AddInstance("acme");
        fleet.Wish("acme", "1.0", "stat: present\n");
        fleet.AddInstance("globex");
        fleet.Overlay("globex", "1.0");
        fleet.Write("instances/globex/values.yaml", "instance: {code: globex}\naddons:\n- {code: sale, source: odoo-builtin, note: why}\n- {code: web_x, source: oca, image: r/web_x, version: 17.0}\n");
        fleet.Write("instances/initech/values.yaml", "instance: {code: other}\n");
        fleet.Wish("initech", "{{ .Values }}");
        fleet.Write("desired/instances/Big.yaml", "apiVersion: odoosky.io/v1\nkind: Instance\ncode: Big\n");
        fleet.Push();

        var text = await fleet.RunAsync("validate");
        var json = await fleet.RunAsync("validate", "-o", "json");

        var lines = text.Output.TrimEnd('\n').Split('\n');
        foreach (var place in (string[])
            [
                @"^desired/instances/acme\.yaml:4:1: error OSG01\d\d: ", @"^desired/instances/Big\.yaml(:\d+:\d+)?: error OSG01\d\d: ",
                @"^desired/instances/initech\.yaml:10:12: error OSG01\d\d: ", @"^instances/initech/values\.yaml:1:\d+: error OSG0207: ",
                @"^instances/globex/values\.yaml:3:3: warning OSG0505: ", @"^instances/globex/values\.yaml:4:3: warning OSG0506: ",
            ])
            Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, place, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Matches(@"^\d+ instances: \d+ errors, \d+ warnings\.$", lines[^1]);
        Assert.Equal(lines.Length - 1, json.Json["problems"]!.AsArray().Count);
        Assert.Equal(
            json.Json["errors"]!.GetValue<int>() + json.Json["warnings"]!.GetValue<int>(), json.Json["problems"]!.AsArray().Count);
        Assert.Equal((1, false), (text.Exit, json.Json["usable"]!.GetValue<bool>())); // whose instance Big.yaml is can not be told
    }

    [Fact]
    public async Task Config_view_says_where_each_value_comes_from()
    {
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\ndraft: true\nlimits: {groupSize: 7}\n");
        fleet.AddInstance("acme");
        fleet.Push();
        prompt.Write("odoosky.yaml", $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {fleet.Remote}\n    helm: \"3\"\n");
        prompt.Environment["ODOOSKY_HELM"] = "4";
        prompt.Environment["ODOOSKY_LIMITS_GROUP_SIZE"] = "8";
        prompt.Environment["ODOOSKY_CACHE"] = Path.Combine(prompt.Folder, "cache");

        var ran = await prompt.RunAsync("config", "view", "--show-origin", "-o", "json", "--base", "main");

        Assert.Equal((0, string.Empty), (ran.Exit, ran.Messages));
        Assert.Equal("odoosky.yaml:5:17", Origin("repository"));
        Assert.Equal("ODOOSKY_HELM", Origin("helm"));
        Assert.Equal("ODOOSKY_LIMITS_GROUP_SIZE", Origin("limits.groupSize"));
        Assert.Equal("gitops.yaml:4:8", Origin("draft"));
        Assert.Equal("--base", Origin("base"));
        Assert.Equal("default", Origin("guards.from"));

        string Origin(string key) => ran.Json.AsArray().Single(one => one!["key"]!.GetValue<string>() == key)!["origin"]!.GetValue<string>();
    }

    [Fact]
    public async Task Config_view_shows_what_only_files_can_say()
    {
        fleet.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nrings:\n- {name: canary, selector: ring=canary, soak: 30m, maxRestartsPerHour: 4, freeze: [{from: \"08:00\", to: \"18:00\", days: Mon-Fri}]}\n- {name: main}\n");
        fleet.AddInstance("acme");
        fleet.Push();
        prompt.Write("odoosky.yaml", $$"""
            apiVersion: odoosky.io/v1
            kind: Settings
            targets:
              prod:
                repository: {{fleet.Remote}}
                cluster:
                  kubeconfig: kube.yaml
                  allowExec: true
                  destinations: {"https://eu.example": eu, "https://us.example": us}
            """);
        prompt.Environment["ODOOSKY_CACHE"] = Path.Combine(prompt.Folder, "cache");

        var ran = await prompt.RunAsync("config", "view", "--show-origin");

        Assert.Equal((0, string.Empty), (ran.Exit, ran.Messages));
        string[] lines = [.. ran.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("rings canary (selector ring=canary, soak 30m, maxRestartsPerHour 4, freeze Mon,Tue,Wed,Thu,Fri 08:00-18:00); main gitops.yaml:5:1", lines);
        Assert.Contains("cluster.allowExec true odoosky.yaml:8:18", lines);
        Assert.Contains("cluster.destinations https://eu.example=eu,https://us.example=us odoosky.yaml:9:21", lines);
        Assert.Contains("cluster.insecureSkipTlsVerify false default", lines);
        Assert.Contains("forge.app.id default", lines);
    }

    [Theory]
    [InlineData("", "", "main", "main")]
    [InlineData("", "variable", "main", "variable")]
    [InlineData("flag", "variable", "main", "flag")]
    [InlineData("flag", "", "", "flag")]
    [InlineData("", "", "", "main")]
    public async Task Flags_beat_variables_which_beat_the_file_which_beats_defaults(string flag, string variable, string file, string chosen)
    {
        fleet.AddInstance("acme");
        foreach (var branch in (string[])["main", "variable", "flag"]) fleet.Push("Make it", branch);
        prompt.Write("odoosky.yaml", $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {fleet.Remote}\n{(file.Length == 0 ? string.Empty : $"    base: {file}\n")}");
        prompt.Environment["ODOOSKY_BASE"] = variable;
        prompt.Environment["ODOOSKY_CACHE"] = Path.Combine(prompt.Folder, "cache");

        var ran = await prompt.RunAsync(["plan", "-o", "json", .. flag.Length == 0 ? Array.Empty<string>() : ["--base", flag]]);

        Assert.Equal((0, chosen), (ran.Exit, ran.Json["base"]!["branch"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_a_pass_works_on_is_chosen_by_flags_before_variables()
    {
        fleet.AddInstance("acme");
        fleet.Push();
        prompt.Write("one.yaml", $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod: {{repository: {fleet.Remote}}}\n  test: {{repository: {fleet.Remote}}}\n");
        prompt.Environment["ODOOSKY_CONFIG"] = "one.yaml";
        prompt.Environment["ODOOSKY_TARGET"] = "test";
        prompt.Environment["ODOOSKY_CACHE"] = Path.Combine(prompt.Folder, "cache");

        var (named, variable, missing) = (
            await prompt.RunAsync("plan", "-o", "json", "--target", "prod"), await prompt.RunAsync("plan", "-o", "json"), await prompt.RunAsync("plan", "--config", "two.yaml"));

        Assert.Equal(("prod", "test"), (named.Json["target"]!.GetValue<string>(), variable.Json["target"]!.GetValue<string>()));
        Assert.Equal(1, missing.Exit);
        Assert.StartsWith("two.yaml: error OSG0", missing.Messages);
    }

    [Fact]
    public async Task A_bad_settings_file_is_reported_all_at_once()
    {
        prompt.Write("odoosky.yaml", "apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repositry: x\n    base: \"a..b\"\n    helm: two\n");

        var text = await prompt.RunAsync("plan");
        var json = await prompt.RunAsync("plan", "-o", "json");

        Assert.Equal((1, string.Empty), (text.Exit, text.Output));
        var lines = text.Messages.TrimEnd('\n').Split('\n');
        Assert.Contains(lines, line => line.StartsWith("odoosky.yaml:5:5: error OSG0405: ", StringComparison.Ordinal) && line.EndsWith("Did you mean repository?", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("odoosky.yaml:6:11: error OSG04", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("odoosky.yaml:7:11: error OSG04", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("odoosky.yaml:4:3: error OSG0407: ", StringComparison.Ordinal));
        Assert.Equal(lines.Length, json.Messages.TrimEnd('\n').Split('\n').Count(line => JsonNode.Parse(line)!["error"]!["place"] is not null));
    }

    [Fact]
    public async Task Whoever_names_no_repository_means_the_one_that_they_stand_in()
    {
        fleet.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Push();
        prompt.Standing = Path.Combine(fleet.Work, "instances", "acme");
        prompt.Environment["ODOOSKY_CACHE"] = Path.Combine(prompt.Folder, "cache");

        var ran = await prompt.RunAsync("plan", "--detailed-exitcode");

        Assert.Equal(2, ran.Exit);
        Assert.DoesNotContain(" error ", ran.Messages);
        Assert.Contains("~ acme  update     restarts: yes", ran.Output);
    }

    [Fact]
    public async Task Outside_of_a_repository_one_must_be_named()
    {
        var ran = await prompt.RunAsync("plan");

        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.EndsWith("No repository is named, and this folder is not in one. Name it with --repository, or in odoosky.yaml.\n", ran.Messages);
    }

    [Fact]
    public async Task Render_of_an_unknown_code_names_the_nearest()
    {
        fleet.AddInstance("acme");
        fleet.Push();

        var ran = await fleet.RunAsync("render", "acne");

        Assert.Equal((1, string.Empty), (ran.Exit, ran.Output));
        Assert.Equal("odoosky: OSG0005: no desired instance and no overlay has the code acne. Did you mean acme?\n", ran.Messages);
    }
}
