using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Settings;

public sealed class SettingsLayersTests
{
    [Fact]
    public void A_flag_beats_a_variable_beats_a_file_beats_a_default()
    {
        var reading = new SettingsLayers
        {
            GitOps = SettingsTexts.GitOps(SettingsTexts.GitOpsHead + "guards: {maxDeletes: 1, from: 1}\nlimits: {groupSize: 1}\n"),
            Service = SettingsTexts.Service(SettingsTexts.Fleet + "    base: trunk\n"),
            Environment = SettingsTexts.Texts(("HOME", "/x"), ("ODOOSKY_GUARDS_FROM", "2"), ("ODOOSKY_LIMITS_GROUP_SIZE", "2"), ("ODOOSKY_LABELS", "a, b"), ("ODOOSKY_CHART", "")),
            Flags = SettingsTexts.Texts(("--limits-group-size", "3"), ("--desired-path", "wished")),
        }.Resolve(null);

        Assert.Empty(reading.Problems);
        var view = reading.Settings!.View().ToDictionary(row => row.Key, row => $"{row.Value} < {row.Origin.Layer} {row.Origin.Name}", StringComparer.Ordinal);
        Assert.Equal("3 < Flag --limits-group-size", view["limits.groupSize"]);
        Assert.Equal("2 < Environment ODOOSKY_GUARDS_FROM", view["guards.from"]);
        Assert.Equal("1 < GitOpsFile gitops.yaml:3:22", view["guards.maxDeletes"]);
        Assert.Equal("trunk < ServiceFile odoosky.yaml:6:11", view["base"]);
        Assert.Equal("wished < Flag --desired-path", view["desired.path"]);
        Assert.Equal("a,b < Environment ODOOSKY_LABELS", view["labels"]);
        Assert.Equal("20 < Default default", view["limits.newPerHour"]);
        Assert.Equal(" < Default default", view["chart"]);
    }

    [Theory]
    [InlineData("--guards-deletes", "lots", "--guards-deletes: error OSG0408: guards.deletes is \"lots\", not a percentage from 0% to 100%. Write a percentage from 0% to 100%.")]
    [InlineData("--draft", "1\nlabels: [x]", "--draft: error OSG0406: draft is the text \"1U+000Alabels: [x]\", not true or false. Write true or false.")]
    [InlineData("--base", "a\"b c", "--base: error OSG0408: targets.prod.base is \"a\"b c\", not a branch's name. Write a branch's name.")]
    [InlineData("--bsae", "x", "--bsae: error OSG0422: --bsae is no setting. Did you mean --base?")]
    public void A_wrong_flag_is_named_as_the_flag(string flag, string text, string line)
    {
        var reading = new SettingsLayers { Service = SettingsTexts.Service(SettingsTexts.Fleet), Flags = SettingsTexts.Texts((flag, text)) }.Resolve(null);

        Assert.Equal(line, Assert.Single(reading.Problems).ToString());
        Assert.False(reading.Usable);
    }

    [Fact]
    public void A_mistyped_variable_gets_a_word_and_what_Kubernetes_sets_gets_none()
    {
        var reading = new SettingsLayers
        {
            Service = SettingsTexts.Service(SettingsTexts.Fleet),
            Environment = SettingsTexts.Texts(("ODOOSKY_GUARD_DELETES", "1%"), ("ODOOSKY_SERVICE_HOST", "10.0.0.1"), ("ODOOSKY_PORT_8080_TCP_ADDR", "x")),
        }.Resolve(null);

        Assert.Equal("ODOOSKY_GUARD_DELETES: warning OSG0422: ODOOSKY_GUARD_DELETES is no setting. Did you mean ODOOSKY_GUARDS_DELETES?", Assert.Single(reading.Problems).ToString());
        Assert.True(reading.Usable);
    }

    [Fact]
    public void Without_a_settings_file_flags_alone_make_a_target()
    {
        var reading = new SettingsLayers { Flags = SettingsTexts.Texts(("--repository", ".")) }.Resolve(null);

        Assert.Empty(reading.Problems);
        Assert.Equal(("default", "."), (reading.Settings!.Target.Name, reading.Settings.Target.Repository));
        Assert.Empty(reading.Settings.Targets);
    }

    [Fact]
    public void Nothing_at_all_asks_for_a_repository() =>
        Assert.Equal(
            "odoosky.yaml: error OSG0407: The target default has no repository. Write repository: with a path, or a file://, https:// or ssh:// address.",
            Assert.Single(new SettingsLayers().Resolve(null).Problems).ToString());

    [Theory]
    [InlineData(null, "odoosky.yaml: error OSG0423: The settings have several targets, and none was named. Name one of prod, stage.")]
    [InlineData("prd", "odoosky.yaml: error OSG0423: The settings have no target \"prd\". Did you mean prod?")]
    public void One_of_several_targets_must_be_named(string? target, string line)
    {
        var layers = new SettingsLayers { Service = SettingsTexts.Service(SettingsTexts.Fleet + "  stage: {repository: b}\n") };

        Assert.Equal(line, Assert.Single(layers.Resolve(target).Problems).ToString());
        Assert.Equal("stage", layers.Resolve("stage").Settings!.Target.Name);
    }

    [Fact]
    public void A_flag_can_complete_what_the_file_leaves_open()
    {
        var layers = new SettingsLayers { Service = SettingsTexts.Service(SettingsTexts.Fleet + "    forge: {kind: github}\n"), Flags = SettingsTexts.Texts(("--forge-token-file", "/t")) };

        Assert.Empty(layers.Resolve(null).Problems);
    }

    [Fact]
    public void No_two_settings_share_a_flag_or_a_variable()
    {
        Assert.Equal(SettingField.All.Length, SettingField.All.Select(field => field.Flag).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(SettingField.All.Length, SettingField.All.Select(field => field.Variable).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_settings_file_cut_within_a_line_never_goes_unnoticed()
    {
        const string text = SettingsTexts.GitOpsHead + "chart: charts/instance\nguards: {deletes: 5%, maxDeletes: 10}\nlabels:\n  - odoosky\nsources: [oca]\n";
        for (var length = 0; length < text.Length; length++)
            if (length == 0 || text[length - 1] != '\n')
                Assert.NotEmpty(SettingsTexts.Read(text[..length]).Problems);
    }

    [Fact]
    public void What_this_version_does_not_act_on_is_accepted_and_said_aloud()
    {
        var reading = SettingsTexts.Read(
            SettingsTexts.GitOpsHead + "autoMerge: all\nrings: [{name: a}]\n",
            SettingsTexts.Fleet + "    forge: {kind: github, tokenFile: /t}\n    cluster: {}\n");

        Assert.Empty(reading.Problems);
        Assert.Empty(UnsupportedSettings.Of(reading.Settings!));
        Assert.Equal(
            [
                "gitops.yaml:4:8: warning OSG0424: This version does not act on rings: without a forge nobody says when something was merged, so that soak and maxRestartsPerHour are not kept. Take it out, or use a version that supports it.",
                "gitops.yaml:3:12: warning OSG0424: This version does not act on autoMerge: nothing is merged without a person. Take it out, or use a version that supports it.",
            ],
            UnsupportedSettings.Of(SettingsTexts.Read(SettingsTexts.GitOpsHead + "autoMerge: all\nrings: [{name: a, soak: 1m}]\n").Settings!).Select(problem => problem.ToString()));
        Assert.Empty(UnsupportedSettings.Of(SettingsTexts.Read(SettingsTexts.GitOpsHead + "rings: [{name: a}]\n").Settings!));
    }
}
