using OdooSky.GitOps.Overlay.Desired;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Desired;

public sealed class InstanceRuleTests
{
    private const string CodeRemedy =
        "Use a lower-case DNS label that starts with a letter and has at most 40 characters: a-z, 0-9 and -. postgres, template0 and template1 are taken.";
    private const string LabelRemedy = "Use 1 to 63 letters, digits, -, _ and ., with a letter or digit first and last, without \"..\".";

    [Theory]
    [InlineData("cloneFromCode: acme\n", "4:16 error OSG0127: acme can't be cloned from itself. | Name another instance, or leave cloneFromCode out.")]
    [InlineData("cloneFromCode: ../x\n", "4:16 error OSG0121: cloneFromCode is \"../x\", which is no instance code. | " + CodeRemedy)]
    [InlineData("target: Prod\n", "4:9 error OSG0108: target is \"Prod\", not a target's name: a-z, 0-9 and -, with a letter first. | Write a target's name: a-z, 0-9 and -, with a letter first.")]
    [InlineData("odoo: \"17\"\n", "4:7 error OSG0108: odoo is \"17\", not an Odoo series such as \"17.0\". | Write an Odoo series such as \"17.0\".")]
    [InlineData("labels: {ring: a..b}\n", "4:16 error OSG0126: labels.ring, \"a..b\", is no label. | " + LabelRemedy)]
    [InlineData("labels: {-r: a}\n", "4:10 error OSG0126: The label's name \"-r\" is no label. | " + LabelRemedy)]
    [InlineData("reason: use {{ x }}\n", "4:9 error OSG0112: reason holds {{, which a chart's template could execute. | Write a text without {{.")]
    [InlineData("requestedBy: \"a\\u0007b\"\n", "4:14 error OSG0113: requestedBy holds the character U+0007, which can't be seen. | Remove the character.")]
    [InlineData("ticket: \"a\\u202Eb\"\n", "4:9 error OSG0113: ticket holds the character U+202E, which can't be seen. | Remove the character.")]
    [InlineData("values: {addons: []}\n", "4:10 error OSG0140: values.addons is not managed here. | Use the list addons of this file.")]
    [InlineData("values: {instance: {code: x}}\n", "4:10 error OSG0140: values.instance is not managed here. | Use code and cloneFromCode of this file.")]
    [InlineData("values: {a: {b: [\"{{ .Values }}\"]}}\n", "4:18 error OSG0112: values.a.b[0] holds {{, which a chart's template could execute. | Write a text without {{.")]
    [InlineData("values: {\"a{{\": 1}\n", "4:10 error OSG0112: A key in values.a{{ holds {{, which a chart's template could execute. | Write a text without {{.")]
    [InlineData("values: {a: \"x\\0\"}\n", "4:13 error OSG0113: values.a holds the character U+0000, which can't be seen. | Remove the character.")]
    [InlineData("values: {db: {adminPassword: x}}\n", "4:15 error OSG0141: values.db.adminPassword is named like a secret, and the overlay lies in Git for all to read. | Put it into a Secret in the cluster, and name that Secret here, as in existingSecret: <name>.")]
    [InlineData("unset: [addons]\n", "4:9 error OSG0144: addons can't be unset: addons is managed by the other fields of this file. | Change addons, code or cloneFromCode, or take the path out.")]
    [InlineData("unset: [instance.code]\n", "4:9 error OSG0144: instance.code can't be unset: instance is managed by the other fields of this file. | Change addons, code or cloneFromCode, or take the path out.")]
    [InlineData("unset: [\"env[0]\"]\n", "4:9 error OSG0142: \"env[0]\" is no path of keys. | Join keys by dots, put a key with a dot in double quotes, and unset a list as a whole.")]
    [InlineData("unset: [a.b, a]\n", "4:14 error OSG0143: a is unset twice: a.b stands in unset too. | Keep one of the two.")]
    [InlineData("values: {a: {b: 1}}\nunset: [a]\n", "5:9 error OSG0143: a is unset and also set by values. | Keep it in values or in unset, not in both.")]
    [InlineData("values: {a: 1}\nunset: [a.b]\n", "5:9 error OSG0143: a.b is unset and also set by values. | Keep it in values or in unset, not in both.")]
    [InlineData("odoo: \"17.0\"\nvalues: {image: {tag: \"18.0-x\"}}\n", "5:9 warning OSG0145: values.image.tag is of series 18.0, but odoo is 17.0. | Correct whichever is wrong: odoo chooses the addons' versions.")]
    [InlineData("values: {addonsMountPath: /mnt/../etc}\n", "4:10 error OSG0147: values.addonsMountPath is no absolute path of letters, digits, ., _ and -. | Write one such as /mnt/extra-addons; no part of it begins with a dot.")]
    [InlineData("values: {addonsMountPath: \"/mnt/a,/etc\"}\n", "4:10 error OSG0147: values.addonsMountPath is no absolute path of letters, digits, ., _ and -. | Write one such as /mnt/extra-addons; no part of it begins with a dot.")]
    [InlineData("values: {addonsMountPath: 7}\n", "4:10 error OSG0147: values.addonsMountPath is no absolute path of letters, digits, ., _ and -. | Write one such as /mnt/extra-addons; no part of it begins with a dot.")]
    [InlineData("values: {image: {tag: 17.0}}\n", "4:9 warning OSG0146: values.image.tag is a number: 17.0 would render as 17. | Put the tag in double quotes.")]
    public void A_rule_names_what_breaks_it(string text, string line)
    {
        var file = Wishes.File(Wishes.Head + text);

        Assert.Equal(line, Wishes.OnlyLine(file.Problems));
        Assert.Equal("acme", file.Problems[0].Instance);
    }

    [Fact]
    public void Everything_that_may_be_wished_is_read()
    {
        var state = Wishes.State(
            """
            apiVersion: odoosky.io/v1
            kind: Instance
            code: acme
            state: suspended
            target: prod
            labels: {tier: gold, ring: canary}
            odoo: "17.0"
            cloneFromCode: acme-old
            addons:
              - code: sale_management
                source: odoo-builtin
                image: ""
                version:
              - code: ks_dashboard
                source: vendor
                image: registry.example/addons/ks_dashboard
                version: "17.0.3"
            values:
              image: {tag: "17.0-20261101"}
              workers: 4
              note: null
            unset: [resources.odoo.limits.cpu, 'a."b.c"']
            requestedBy: jane@example.com
            reason: >
              Dashboard for
              the sales team
            ticket: OPS-1234

            """);

        Assert.Empty(state.Problems);
        var acme = Assert.Single(state.Instances);
        Assert.Equal(InstanceState.Suspended, acme.State);
        Assert.Equal("prod", acme.Target);
        Assert.Equal(["ring=canary", "tier=gold"], acme.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Equal("17.0", acme.Series);
        Assert.Equal("acme-old", acme.CloneFrom!.Text);
        Assert.Equal([new("sale_management", "odoo-builtin", "", ""), new("ks_dashboard", "vendor", "registry.example/addons/ks_dashboard", "17.0.3")], acme.Addons);
        Assert.Equal(["image", "note", "workers"], acme.Values.Entries.Select(entry => entry.Key));
        Assert.Equal(["resources.odoo.limits.cpu", "a.\"b.c\""], acme.Unset.Select(path => path.ToString()));
        Assert.Equal(new Request("jane@example.com", "Dashboard for the sales team", "OPS-1234"), acme.Request);
        Assert.Equal("blob-acme", acme.Revision);
        Assert.Equal(new Place("desired/instances/acme.yaml", 3, 7), acme.Place);
    }

    [Fact]
    public void Unset_paths_beside_values_are_no_overlap()
    {
        var file = Wishes.File(Wishes.Head + "values: {resources: {odoo: {requests: {cpu: 1}}}}\nunset: [resources.odoo.limits.cpu, resources.pg]\n");

        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("password", true)]
    [InlineData("PASSWD", true)]
    [InlineData("smtp_password", true)]
    [InlineData("dbpassword", true)]
    [InlineData("auth-tokens", true)]
    [InlineData("clientSecret", true)]
    [InlineData("privateKey", true)]
    [InlineData("API_KEY", true)]
    [InlineData("existingSecret", false)]
    [InlineData("pullSecret", false)]
    [InlineData("imagePullSecrets", false)]
    [InlineData("secretName", false)]
    [InlineData("tokenTtl", false)]
    [InlineData("publicKey", false)]
    [InlineData("passwordless", false)]
    public void A_name_tells_whether_a_leaf_is_a_secret(string name, bool secret) => Assert.Equal(secret, SecretNames.IsSecret(name));

    [Theory]
    [InlineData("values: {automountServiceAccountToken: false}\n")]
    [InlineData("values: {password: null}\n")]
    [InlineData("values: {secret: {name: acme-db}}\n")]
    [InlineData("unset: [db.password]\n")]
    public void What_can_carry_no_secret_is_allowed(string text) => Assert.Empty(Wishes.File(Wishes.Head + text).Problems);

    [Fact]
    public void The_files_name_must_be_the_code_and_neither_instance_is_planned()
    {
        var state = DesiredState.Combine([Wishes.File(Wishes.Head, "beta")], null, new DesiredRules());

        Assert.Equal("3:7 error OSG0122: code is acme, but the file is named beta.yaml. | Rename the file to acme.yaml, or write code: beta.", Wishes.OnlyLine(state.Problems));
        Assert.Equal(["acme", "beta"], state.Broken.Order(StringComparer.Ordinal));
        Assert.Empty(state.Instances);
        Assert.True(state.Usable);
    }

    [Fact]
    public void Two_files_for_one_instance_stop_it()
    {
        var state = DesiredState.Combine([Wishes.File(Wishes.Head), Wishes.File(Wishes.Head, "beta")], null, new DesiredRules());

        Assert.Contains("3:7 error OSG0123: The instance \"acme\" is named by desired/instances/beta.yaml too. | Keep one file for each instance, and codes that differ in more than letter case.", Wishes.Lines(state.Problems));
        Assert.Equal(["acme", "beta"], state.Broken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_that_differ_in_letter_case_alone_stop_each_other()
    {
        var state = DesiredState.Combine([Wishes.File(Wishes.Head), Wishes.File(Wishes.Head.Replace("acme", "Acme"), "Acme")], null, new DesiredRules());

        Assert.Equal(["OSG0121", "OSG0123", "OSG0121", "OSG0123"], state.Problems.Select(problem => problem.Code));
        Assert.Equal(["acme"], state.Broken);
        Assert.Empty(state.Instances);
    }

    [Fact]
    public void A_target_must_be_one_of_the_settings()
    {
        var rules = new DesiredRules { Targets = ["prod", "stage"] };

        Assert.Equal("3:7 error OSG0125: The settings have no target prd. | Did you mean prod?", Wishes.OnlyLine(Wishes.State(Wishes.Head + "target: prd\n", rules: rules).Problems));
        Assert.Equal("3:7 error OSG0125: The instance names no target, and the settings have several. | Write target: with one of prod, stage.", Wishes.OnlyLine(Wishes.State(Wishes.Head, rules: rules).Problems));
        Assert.Empty(Wishes.State(Wishes.Head, rules: new DesiredRules { Targets = ["prod"] }).Problems);
    }

    [Fact]
    public void No_instance_at_all_stops_the_plan()
    {
        var state = DesiredState.Combine([], null, new DesiredRules());

        Assert.Equal("desired: error OSG0120: The desired state holds no instance. Look whether the folder and the revision are right; to remove an instance, write state: absent into its file.", Assert.Single(state.Problems).ToString());
        Assert.False(state.Usable);
    }

    [Fact]
    public void A_problem_in_one_instance_stops_that_one_alone()
    {
        var state = DesiredState.Combine(
            [Wishes.File(Wishes.Head.Replace("acme", "zeta"), "zeta"), Wishes.File(Wishes.Head + "stat: x\n"), Wishes.File(Wishes.Head.Replace("acme", "beta"), "beta")],
            null,
            new DesiredRules());

        Assert.True(state.Usable);
        Assert.Equal(["acme"], state.Broken);
        Assert.Equal(["beta", "zeta"], state.Instances.Select(instance => instance.Code.Text));
    }

    [Theory]
    [InlineData("addons.yaml", DesiredFileKind.Catalog)]
    [InlineData("instances/acme.yaml", DesiredFileKind.Instance)]
    [InlineData("instances/acme.yml", DesiredFileKind.Misplaced)]
    [InlineData("instances/acme.YAML", DesiredFileKind.Misplaced)]
    [InlineData("instances/eu/acme.yaml", DesiredFileKind.Misplaced)]
    [InlineData("acme.yaml", DesiredFileKind.Misplaced)]
    [InlineData("README.md", DesiredFileKind.Other)]
    [InlineData("instances/.gitkeep", DesiredFileKind.Other)]
    public void A_file_is_what_its_path_says(string path, DesiredFileKind kind) => Assert.Equal(kind, DesiredFolder.KindOf(path));

    [Fact]
    public void A_YAML_file_that_nobody_reads_stops_the_instance_of_its_name()
    {
        var state = DesiredState.Combine([Wishes.File(Wishes.Head), InstanceFile.Misplaced("desired/instances/beta.yml")], null, new DesiredRules());

        Assert.Equal("desired/instances/beta.yml: error OSG0124: This file is not read: only addons.yaml and instances/<code>.yaml are. Move it to instances/beta.yaml, or out of the folder.", Assert.Single(state.Problems).ToString());
        Assert.Equal(["beta"], state.Broken);
        Assert.Equal(["acme"], state.Instances.Select(instance => instance.Code.Text));
    }
}
