using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class RefusalTests
{
    /// <summary>Texts that would break out of a shell script, SQL, a regular expression, a path, YAML or a DNS name.</summary>
    public static TheoryData<string> BadCodes { get; } =
    [
        "", "A", "Acme", "1acme", "-acme", "acme-", "acme_x", "acme.x", "a b", "acme ", "acme\\n", "acme\\nrm", "acme'", "acme\\\"; DROP DATABASE x", "$(id)",
        "`id`", "a;id", "a|b", "a&b", ".*", "^a$", "../x", "a/b", "a\\\\b", "%2e", "{{ .Values }}", "acm\\u00e9", "\\u202eacme", "a\\u0000b", "no: x", "&a", "*a",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    ];

    [Theory]
    [MemberData(nameof(BadCodes))]
    public async Task A_text_that_is_no_code_is_refused_as_code_and_as_origin(string code)
    {
        await AssertRefusedAsync($"instance: {{code: \"{code}\"}}", "code");
        if (code.Length > 0) await AssertRefusedAsync($"instance: {{code: acme, cloneFromCode: \"{code}\"}}", "cloneFromCode");
    }

    [Theory]
    [InlineData("instance: {code: 17}", "code")]
    [InlineData("instance: {code: null}", "code")]
    [InlineData("instance: {code: acme, cloneFrom: other}", "cloneFrom")]
    [InlineData("instance: {code: acme, fullname: Acme_Odoo}", "fullname")]
    [InlineData("instance: {code: acme, fullname: cccccccccccccccccccccccccccccccccccccccccccccccccc}", "fullname")]
    public Task A_wrong_instance_is_refused(string overlay, string names) => AssertRefusedAsync(overlay, names);

    [Theory]
    [InlineData("{code: x, image: r.example/x, version: \"1\"}", "source")]
    [InlineData("{code: x, source: OCA, image: r.example/x, version: \"1\"}", "source")]
    [InlineData("{source: oca, image: r.example/x, version: \"1\"}", "code")]
    [InlineData("{code: \"x y\", source: oca, image: r.example/x, version: \"1\"}", "code")]
    [InlineData("{code: \"x;id\", source: odoo-builtin}", "code")]
    [InlineData("{code: x, source: oca, version: \"1\"}", "image")]
    [InlineData("{code: x, source: oca, image: \"\", version: \"1\"}", "image")]
    [InlineData("{code: x, source: oca, image: \"r.example/x y\", version: \"1\"}", "image")]
    [InlineData("{code: x, source: oca, image: \"{{ x }}\", version: \"1\"}", "image")]
    [InlineData("{code: x, source: oca, image: r.example/x}", "version")]
    [InlineData("{code: x, source: oca, image: r.example/x, version: 17.0}", "version")]
    [InlineData("{code: x, source: oca, image: r.example/x, version: \"1:2\"}", "version")]
    [InlineData("{code: x, source: oca, image: r.example/x, version: \"1\\nprivileged\"}", "version")]
    [InlineData("just-a-text", "addons")]
    [InlineData("null", "addons")]
    public Task A_wrong_addon_row_is_refused(string row, string names) =>
        AssertRefusedAsync($"instance: {{code: acme}}\naddons: [{row}]", names, "addons");

    [Theory]
    [InlineData("addons: {x: 1}", "addons")]
    [InlineData("addonsMountPath: mnt/addons", "addonsMountPath")]
    [InlineData("addonsMountPath: /mnt/addons,/etc", "addonsMountPath")]
    [InlineData("addonsMountPath: \"/mnt/add ons\"", "addonsMountPath")]
    [InlineData("addonsMountPath: /mnt/../etc", "addonsMountPath")]
    [InlineData("addonsMountPath: /var/lib/odoo/addons", "addonsMountPath")]
    [InlineData("addonsMountPath: /", "addonsMountPath")]
    [InlineData("image: {tag: 17.0}", "tag")]
    [InlineData("image: {tag: \"\"}", "tag")]
    [InlineData("image: {registry: r.example}", "registry")]
    [InlineData("imageMirror: {registry: \"https://mirror.example\"}", "registry")]
    [InlineData("imageMirror: {registry: mirror.example/}", "registry")]
    [InlineData("imageMirror: {pullSecret: [x]}", "pullSecret")]
    [InlineData("imageMirror: null", "imageMirror")]
    [InlineData("resources: {postgres: {}}", "postgres")]
    [InlineData("persistence: {odoo: {size: large}}", "size")]
    [InlineData("ingress: {enabled: \"true\"}", "enabled")]
    [InlineData("ingress: {host: \"a b\"}", "host")]
    [InlineData("postgresql: {password: hunter2}", "password")]
    public Task A_wrong_value_is_refused_by_name(string rest, string names) =>
        AssertRefusedAsync($"instance: {{code: acme}}\n{rest}", names);

    [Theory]
    [InlineData("Sale_X", "sale-x", "addons: Sale_X and sale-x would both make the init container addon-sale-x; rename one of them.")]
    [InlineData("sale_x", "sale_x", "addons: sale_x and sale_x would both make the init container addon-sale-x; rename one of them.")]
    [InlineData("ends_", "other", "addons: ends_ would make the init container addon-ends-, which Kubernetes refuses; a code has at most 57 characters and ends in a letter or digit.")]
    public Task Two_rows_never_share_an_init_container_and_each_name_is_a_label(string first, string second, string sentence)
    {
        var rows = string.Join(", ",
            new[] { first, second }.Select(code => $"{{code: {code}, source: oca, image: r.example/x, version: \"1\"}}"));
        return AssertRefusedAsync($"instance: {{code: acme}}\naddons: [{rows}]", sentence);
    }

    private static async Task AssertRefusedAsync(string overlay, params string[] names)
    {
        foreach (var helm in RealHelm.Both)
        {
            var run = await helm.TemplateTextAsync(ExampleRepo.Chart, overlay + "\n");
            Assert.True(run.ExitCode != 0, $"{helm} rendered {overlay}");
            Assert.All(names, name => Assert.Contains(name, run.Errors, StringComparison.Ordinal));
        }
    }
}
