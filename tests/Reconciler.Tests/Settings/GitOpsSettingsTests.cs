using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Settings;

public sealed class GitOpsSettingsTests
{
    [Fact]
    public void Without_a_file_the_defaults_hold()
    {
        var settings = new SettingsLayers { Service = SettingsTexts.Service(SettingsTexts.Fleet) }.Resolve(null).Settings!.GitOps;

        Assert.Null(settings.Chart);
        Assert.Equal("instances/{code}/values.yaml", settings.Overlays.ToString());
        Assert.Equal("instance", settings.Grouping.ToString());
        Assert.Equal(BuiltinOnlyChanges.Propose, settings.BuiltinOnlyChanges);
        Assert.Equal(AutoMerge.Never, settings.AutoMerge);
        Assert.Equal(new Limits { OpenPullRequests = 10, NewPerHour = 20, GroupSize = 100 }, settings.Limits);
        Assert.Equal(new Guards { Deletes = new(5), MaxDeletes = 10, Changes = new(25), Restarts = new(10), From = 20 }, settings.Guards);
        Assert.Equal(["odoosky"], settings.Labels);
        Assert.Empty(settings.Sources);
    }

    [Fact]
    public void The_contracts_example_is_read_in_full()
    {
        var reading = SettingsTexts.Read(
            """
            apiVersion: odoosky.io/v1
            kind: GitOps
            chart: charts/instance            # for defaults and restart-paths.yaml
            overlays: instances/{code}/values.yaml
            grouping: label:ring
            rings: [{name: canary, selector: ring=canary, soak: 30m}, {name: main, selector: "", maxRestartsPerHour: 60, freeze: [{from: "22:00", to: "05:00", days: Sat-Sun}]}]
            builtinOnlyChanges: hold
            autoMerge: audit-only
            limits: {openPullRequests: 11, newPerHour: 21, groupSize: 101}
            guards: {deletes: 6%, maxDeletes: 11, changes: 26%, restarts: 0.5%, from: 21}
            approvals: [0123456789abcdef]
            labels: [odoosky, infra]
            reviewers: [jane]
            assignees: [joe]
            draft: true
            sources: [oca, vendor]

            """);

        Assert.Empty(reading.Problems);
        var settings = reading.Settings!.GitOps;
        Assert.Equal("charts/instance", settings.Chart);
        Assert.Equal(new Grouping(GroupingKind.Label, "ring"), settings.Grouping);
        Assert.Equal(["canary", "main"], settings.Rings.Select(ring => ring.Name));
        Assert.Equal([("ring", "canary")], settings.Rings[0].Selector);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.Rings[0].Soak);
        Assert.Equal(60, settings.Rings[1].MaxRestartsPerHour);
        var freeze = Assert.Single(settings.Rings[1].Freezes);
        Assert.Equal((new TimeOnly(22, 0), new TimeOnly(5, 0)), (freeze.From, freeze.To));
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Saturday], freeze.Days);
        Assert.Equal(BuiltinOnlyChanges.Hold, settings.BuiltinOnlyChanges);
        Assert.Equal(AutoMerge.AuditOnly, settings.AutoMerge);
        Assert.Equal(new Limits { OpenPullRequests = 11, NewPerHour = 21, GroupSize = 101 }, settings.Limits);
        Assert.Equal(new Guards { Deletes = new(6), MaxDeletes = 11, Changes = new(26), Restarts = new(0.5m), From = 21 }, settings.Guards);
        Assert.Equal(["0123456789abcdef"], settings.Approvals);
        Assert.True(settings.Draft);
        Assert.Equal(["oca", "vendor"], reading.Settings.Rules().Sources);
    }

    [Theory]
    [InlineData("gards: {}\n", "3:1 OSG0405: The key \"gards\" is not known at the root of this file. | Did you mean guards?")]
    [InlineData("guards: {deletes: 5}\n", "3:19 OSG0408: guards.deletes is \"5\", not a percentage from 0% to 100%. | Write a percentage from 0% to 100%.")]
    [InlineData("guards: {maxDelete: 5}\n", "3:10 OSG0405: The key \"maxDelete\" is not known in guards. | Did you mean maxDeletes?")]
    [InlineData("guards: {maxDeletes: -1}\n", "3:22 OSG0408: guards.maxDeletes is \"-1\", not a whole number from 0 to 10000. | Write a whole number from 0 to 10000.")]
    [InlineData("guards: {maxDeletes: \"5\"}\n", "3:22 OSG0406: guards.maxDeletes is the text \"5\", not a whole number. | Write a whole number.")]
    [InlineData("limits: {groupSize: 1.5}\n", "3:21 OSG0408: limits.groupSize is \"1.5\", not a whole number from 1 to 10000. | Write a whole number from 1 to 10000.")]
    [InlineData("overlays: instances/values.yaml\n", "3:11 OSG0408: overlays is \"instances/values.yaml\", not a path in the repository with {code} in it once. | Write a path in the repository with {code} in it once.")]
    [InlineData("overlays: ../{code}.yaml\n", "3:11 OSG0408: overlays is \"../{code}.yaml\", not a path in the repository with {code} in it once. | Write a path in the repository with {code} in it once.")]
    [InlineData("grouping: ring\n", "3:11 OSG0408: grouping is \"ring\", not instance, label:<name> or all. | Write instance, label:<name> or all.")]
    [InlineData("autoMerge: none\n", "3:12 OSG0408: autoMerge is \"none\", not one of never, audit-only, no-restart, all. | Known here: never, audit-only, no-restart, all.")]
    [InlineData("chart: /charts\n", "3:8 OSG0408: chart is \"/charts\", not a folder in the repository, such as charts/instance. | Write a folder in the repository, such as charts/instance.")]
    [InlineData("draft: maybe\n", "3:8 OSG0406: draft is the text \"maybe\", not true or false. | Write true or false.")]
    [InlineData("sources: [Oca]\n", "3:11 OSG0408: sources[0] is \"Oca\", not a source: a-z, 0-9 and -, with a letter first. | Write a source: a-z, 0-9 and -, with a letter first.")]
    [InlineData("approvals: [XYZ]\n", "3:13 OSG0408: approvals[0] is \"XYZ\", not a plan's digest as plan prints it. | Write a plan's digest as plan prints it.")]
    [InlineData("rings: [{selector: a=b}]\n", "3:9 OSG0407: The key name is missing in rings[0]. | Write name: with its value.")]
    [InlineData("rings: [{name: a}, {name: A}]\n", "3:20 OSG0404: The ring A stands twice. | Give each ring its own name.")]
    [InlineData("rings: [{name: a, selector: ring}]\n", "3:29 OSG0408: rings[0].selector is \"ring\", not labels such as ring=canary, joined by commas. | Write labels such as ring=canary, joined by commas.")]
    [InlineData("rings: [{name: a, soak: 1.5h}]\n", "3:25 OSG0408: rings[0].soak is \"1.5h\", not a duration such as 30s, 5m or 1h30m. | Write a duration such as 30s, 5m or 1h30m.")]
    [InlineData("rings: [{name: a, freeze: [{from: \"25:00\", to: \"05:00\"}]}]\n", "3:35 OSG0408: rings[0].freeze[0].from is \"25:00\", not a time such as \"22:00\". | Write a time such as \"22:00\".")]
    [InlineData("rings: [{name: a, freeze: [{from: \"22:00\", to: \"05:00\", days: Sat-Foo}]}]\n", "3:63 OSG0408: rings[0].freeze[0].days is \"Sat-Foo\", not days such as Sat-Sun or Mon,Wed. | Write days such as Sat-Sun or Mon,Wed.")]
    public void A_wrong_setting_is_named_with_its_place_and_remedy(string text, string line)
    {
        var reading = SettingsTexts.Read(SettingsTexts.GitOpsHead + text);

        Assert.Equal(line, SettingsTexts.OnlyLine(reading.Problems));
        Assert.False(reading.Usable);
    }

    [Fact]
    public void All_wrong_settings_are_said_at_once()
    {
        var reading = SettingsTexts.Read(
            SettingsTexts.GitOpsHead + "autoMerge: x\nlimits: {groupSize: 0, openPullRequest: 1}\nguards: {changes: lots}\n",
            SettingsTexts.ServiceHead + "targets: {prod: {repository: \"http://x/y\", helm: 5}}\n");

        Assert.Equal(
            ["gitops.yaml:3:12 OSG0408", "gitops.yaml:4:21 OSG0408", "gitops.yaml:4:24 OSG0405", "gitops.yaml:5:19 OSG0408", "odoosky.yaml:3:30 OSG0408", "odoosky.yaml:3:50 OSG0408"],
            reading.Problems.Select(problem => $"{problem.Place} {problem.Code}"));
    }

    [Theory]
    [InlineData("instances/{code}/values.yaml", "instances/acme/values.yaml")]
    [InlineData("{code}.yaml", "acme.yaml")]
    [InlineData("a/b-{code}-c/v.yaml", "a/b-acme-c/v.yaml")]
    public void A_template_gives_a_path_and_finds_its_code_again(string template, string path)
    {
        var overlays = OverlayTemplate.TryParse(template)!;

        Assert.Equal(path, overlays.PathOf(InstanceCode.TryParse("acme")!));
        Assert.Equal("acme", overlays.TryMatch(path)!.Text);
    }

    [Theory]
    [InlineData("instances//values.yaml")]
    [InlineData("instances/a/b/values.yaml")]
    [InlineData("instances/Acme/values.yaml")]
    [InlineData("instances/../values.yaml")]
    [InlineData("instances/acme/values.yaml.bak")]
    [InlineData("instances/values.yaml")]
    [InlineData("x/instances/acme/values.yaml")]
    public void A_path_that_no_instance_has_matches_none(string path) => Assert.Null(OverlayTemplate.Default.TryMatch(path));

    [Theory]
    [InlineData("")]
    [InlineData("{code}/{code}")]
    [InlineData("/{code}")]
    [InlineData("a//{code}")]
    [InlineData("./{code}")]
    [InlineData(".git/{code}")]
    [InlineData("a\\{code}")]
    [InlineData("{code}/")]
    [InlineData("{other}/{code}")]
    [InlineData("-x/{code}")]
    public void What_could_leave_the_repository_is_no_template(string text) => Assert.Null(OverlayTemplate.TryParse(text));
}
