using System.Collections.Immutable;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>What <c>helm template</c> says of a wrong value: which one it is, and why.</summary>
public sealed class RefusalTests
{
    private const string Code =
        "a text of lower-case letters, digits and -, a letter first, no - last, at most 40, not postgres, template0, template1";

    private const string Tag = "a text in quotes, of letters, digits, ., _ and -: without quotes YAML reads 17.0 as the number 17";

    private static readonly ImmutableArray<string> WrongMountPaths =
        ["mnt/addons", "/mnt/addons,/etc", "/mnt/../etc", "/var/lib/odoo/addons", "/var", "/tmp", "/entrypoint.sh", "/", "/usr"];

    private const string Row = "source: oca, image: r.example/x, version: \"1\"";

    /// <summary>The overlay, with the instance acme when it names none; the value's path; what is right, in a sentence.</summary>
    private static readonly ImmutableArray<(string Overlay, string Path, string Sentence)> Sentences =
    [
        ("instance: {code: 17}", "instance.code", Code),
        ("instance: {code: Acme}", "instance.code", Code),
        ("instance: {code: postgres}", "instance.code", Code),
        ("instance: {fullname: acme}", "instance.code", Code),
        ("instance: {code: acme, cloneFromCode: Acme}", "instance.cloneFromCode",
            "empty, or a code: " + Code),
        ("instance: {code: acme, cloneFromCode: postgres}", "instance.cloneFromCode",
            "empty, or a code: " + Code),
        ("instance: {code: acme, fullname: Acme_Odoo}", "instance.fullname",
            "empty, or a text of lower-case letters, digits and -, a letter first, no - last, at most 49"),
        ("instance: {code: acme, fullname: cccccccccccccccccccccccccccccccccccccccccccccccccc}", "instance.fullname",
            "empty, or a text of lower-case letters, digits and -, a letter first, no - last, at most 49"),
        ($"addons: [{{code: x;id, {Row}}}]",
            "addons.0.code", "letters, digits, _ and -, a letter or digit first, at most 128 characters"),
        ("addons: [{code: x, source: OCA, image: r.example/x, version: \"1\"}]", "addons.0.source",
            "odoo-builtin, or another word of lower-case letters, digits and - that says where the addon comes from"),
        ("addons: [{code: x, source: oca, image: \"\", version: \"1\"}]", "addons.0.image",
            "the name of an image without its tag, such as registry.example/addons/web_responsive"),
        ("addons: [{code: x, source: oca, image: \"{{x}}\", version: \"1\"}]", "addons.0.image",
            "the name of an image without its tag, such as registry.example/addons/web_responsive"),
        ("addons: [{code: x, source: oca, image: r.example/x, version: 17.0}]", "addons.0.version", Tag),
        ("addons: [{code: x, source: oca, image: r.example/x, version: \"1:2\"}]", "addons.0.version", Tag),
        ("addons: [{code: x, source: oca, image: r.example/x, version: \"1\\nprivileged\"}]", "addons.0.version", Tag),
        .. WrongMountPaths.Select(path => ($"addonsMountPath: {path}", "addonsMountPath",
                "an absolute path of letters, digits, ., _ and -, outside of what the system and the filestore need")),
        ("image: {tag: 17.0}", "image.tag", Tag),
        ("image: {tag: \"\"}", "image.tag", Tag),
        ("imageMirror: {registry: \"https://mirror.example\"}", "imageMirror.registry",
            "empty, or the host of a registry, with port and path where needed, without https:// and without a slash at the end"),
        ("imageMirror: {registry: mirror.example/}", "imageMirror.registry",
            "empty, or the host of a registry, with port and path where needed, without https:// and without a slash at the end"),
        ("imageMirror: {pullSecret: [x]}", "imageMirror.pullSecret",
            "empty, or the name of an object in Kubernetes: lower-case letters, digits, - and ."),
        .. new[] { "true", "[1]", "\"2 Gb\"", "-1", "{a: 1}" }.Select(amount => ($"resources: {{odoo: {{limits: {{memory: {amount}}}}}}}",
            "resources.odoo.limits.memory", "an amount, such as 250m, 1.5 or 2Gi")),
        ("resources: {pg: {requests: {cpu: 1 core}}}", "resources.pg.requests.cpu", "an amount, such as 250m, 1.5 or 2Gi"),
        ("persistence: {odoo: {size: large}}", "persistence.odoo.size", "an amount in text, such as 10Gi"),
        ("postgresql: {existingSecret: 4711}", "postgresql.existingSecret",
            "empty, or the name of an object in Kubernetes: lower-case letters, digits, - and ."),
        ("ingress: {host: a_b}", "ingress.host", "empty, or the name of a host: lower-case letters, digits and - between dots"),
        ("ingress: {domain: https://x}", "ingress.domain", "the name of a host: lower-case letters, digits and - between dots"),
        ("ingress: {retry: {initialInterval: soon}}", "ingress.retry.initialInterval", "a time such as 500ms or 2s"),
    ];

    /// <summary>What Helm itself says well: a missing or unknown key, a list for a text.</summary>
    private static readonly ImmutableArray<(string Overlay, string Three, string Four)> Shapes =
    [
        ("instance: {code: null}", "instance: code is required", "at '/instance': missing property 'code'"),
        ("instance: {code: acme, cloneFrom: other}", "instance: Additional property cloneFrom is not allowed",
            "at '/instance': additional properties 'cloneFrom' not allowed"),
        ("addons: [{code: x, image: r.example/x, version: \"1\"}]",
            "addons.0: source is required", "at '/addons/0': missing property 'source'"),
        ($"addons: [{{{Row}}}]", "addons.0: code is required", "at '/addons/0': missing property 'code'"),
        ("addons: [{code: x, source: oca, version: \"1\"}]", "addons.0: image is required", "at '/addons/0': missing property 'image'"),
        ("addons: [{code: x, source: oca, image: r.example/x}]",
            "addons.0: version is required", "at '/addons/0': missing property 'version'"),
        ("addons: [just-a-text]", "addons.0: Invalid type. Expected: object, given: string", "at '/addons/0': got string, want object"),
        ("addons: [null]", "addons.0: Invalid type. Expected: object, given: null", "at '/addons/0': got null, want object"),
        ("addons: {x: 1}", "addons: Invalid type. Expected: [array,null], given: object", "at '/addons': got object, want null or array"),
        ("image: {registry: r.example}",
            "image: Additional property registry is not allowed", "at '/image': additional properties 'registry' not allowed"),
        ("imageMirror: null", "(root): imageMirror is required", "at '': missing property 'imageMirror'"),
        ("resources: {postgres: {}}", "resources: Additional property postgres is not allowed",
            "at '/resources': additional properties 'postgres' not allowed"),
        ("resources: {odoo: 2Gi}", "resources.odoo: Invalid type. Expected: [object,null], given: string",
            "at '/resources/odoo': got string, want null or object"),
        ("ingress: {enabled: \"true\"}",
            "ingress.enabled: Invalid type. Expected: boolean, given: string", "at '/ingress/enabled': got string, want boolean"),
        ("ingress: {retry: {attempts: 0}}",
            "ingress.retry.attempts: Must be greater than or equal to 1", "at '/ingress/retry/attempts': minimum: got 0, want 1"),
        ("postgresql: {password: hunter2}", "postgresql: Additional property password is not allowed",
            "at '/postgresql': additional properties 'password' not allowed"),
    ];

    [Fact]
    public async Task A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence()
    {
        var (three, four) = await RefusalsAsync(Sentences.Select(item => item.Overlay));
        for (var i = 0; i < Sentences.Length; i++)
        {
            var (_, path, sentence) = Sentences[i];
            Assert.Contains($"{path}: {path} does not match: \"{sentence}\"", three[i]);
            Assert.Equal([$"at '/{path.Replace('.', '/')}': value must be '{sentence}'"], four[i]);
        }
    }

    [Fact]
    public async Task A_missing_key_an_unknown_key_and_a_wrong_type_are_named()
    {
        var (three, four) = await RefusalsAsync(Shapes.Select(item => item.Overlay));
        for (var i = 0; i < Shapes.Length; i++)
        {
            Assert.Contains(Shapes[i].Three, three[i]);
            Assert.Equal([Shapes[i].Four], four[i]);
        }
    }

    [Theory]
    [InlineData("Sale_X", "sale-x", "Sale_X and sale-x would both make the init container addon-sale-x; rename one of them.")]
    [InlineData("sale_x", "sale_x", "sale_x and sale_x would both make the init container addon-sale-x; rename one of them.")]
    [InlineData("ends_", "other", "ends_ would make the init container addon-ends-, which Kubernetes refuses; "
        + "a code has at most 57 characters and ends in a letter or digit.")]
    [InlineData("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "other",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb would make the init container "
        + "addon-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, which Kubernetes refuses; "
        + "a code has at most 57 characters and ends in a letter or digit.")]
    public async Task Two_rows_never_share_an_init_container_and_each_name_is_a_label(string first, string second, string sentence)
    {
        foreach (var helm in RealHelm.Both)
        {
            var overlay = $"instance: {{code: acme}}\naddons: [{{code: {first}, {Row}}}, {{code: {second}, {Row}}}]\n";
            var run = await helm.TemplateTextAsync(ChartUnderTest.Folder, overlay);
            Assert.NotEqual(0, run.ExitCode);
            Assert.EndsWith($": addons: {sentence}", run.Errors.Split("\n\n")[0].TrimEnd('\n'), StringComparison.Ordinal);
        }
    }

    // Each overlay names an instance itself, or gets one that is right.
    private static async Task<(ImmutableArray<ImmutableArray<string>> Three, ImmutableArray<ImmutableArray<string>> Four)> RefusalsAsync(
        IEnumerable<string> overlays)
    {
        using var releases = ManyReleases.Of(overlays.Select(overlay =>
            overlay.StartsWith("instance:", StringComparison.Ordinal) ? overlay : $"instance: {{code: acme}}\n{overlay}"));
        var said = await Task.WhenAll(RealHelm.Both.Select(releases.RefusalsAsync));
        return (said[0], said[1]);
    }
}
