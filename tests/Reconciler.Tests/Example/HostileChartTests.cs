using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Tests.Desired;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>
/// The chart's schema on every hostile text, in one run of each Helm: a chart whose values are many instances' values, each
/// held against the instance chart's whole schema. Helm names all that are wrong at once.
/// </summary>
public sealed partial class HostileChartTests : IDisposable
{
    private const string Text = "the hostile text";

    /// <summary>Helm 3 refuses all values together when one holds it, before it looks at the schema.</summary>
    private const char Delete = '\u007F';

    /// <summary>All values that are texts with a rule.</summary>
    private static readonly ImmutableArray<string> Texts =
    [
        "addons.0.code", "addons.0.image", "addons.0.source", "addons.0.version", "addonsMountPath", "image.repository", "image.tag",
        "imageMirror.pullSecret", "imageMirror.registry", "ingress.className", "ingress.domain", "ingress.host",
        "ingress.retry.initialInterval", "ingress.tlsSecret", "instance.cloneFromCode", "instance.code", "instance.fullname",
        "persistence.odoo.size", "persistence.odoo.storageClass", "postgresql.existingSecret", "postgresql.image.repository",
        "postgresql.image.tag", "resources.odoo.limits.memory", "resources.pg.requests.cpu",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-hostile-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public Task No_hostile_text_passes_for_a_code() =>
        AssertRefusedAsync(HostileCodes.All, "instance.code", values => values["instance"]!["code"] = Text);

    [Fact]
    public Task No_hostile_text_passes_for_a_clones_origin() => AssertRefusedAsync(
        HostileCodes.All.Remove(string.Empty),
        "instance.cloneFromCode",
        values => values["instance"]!["cloneFromCode"] = Text);

    [Fact]
    public Task No_text_that_the_tools_refuse_passes_for_an_addons_code() => AssertRefusedAsync(
        HostileCodes.All.Where(text => !AddonCode().IsMatch(text)),
        "addons.0.code",
        values => values["addons"] = new JsonArray(new JsonObject { ["code"] = Text, ["source"] = "odoo-builtin" }));

    [Fact]
    public async Task No_sentence_of_the_schema_passes_for_a_value()
    {
        var sentences = Sentence().Matches(await ReadAsync("values.schema.json")).Select(match => match.Groups["text"].Value)
            .Order(StringComparer.Ordinal).ToImmutableArray();
        Assert.InRange(sentences.Length, 10, 30);
        await WriteChartAsync(sentences, FillIn);
        foreach (var helm in RealHelm.Both)
        {
            var refused = await RefusedAsync(helm);
            Assert.All(Enumerable.Range(0, sentences.Length), index =>
                Assert.Empty(Texts.Where(text => !refused.Contains($"hostile{index}.{text}"))));
        }
    }

    private static void FillIn(JsonObject values)
    {
        values["addons"] = new JsonArray(new JsonObject());
        foreach (var keys in Texts.Select(text => text.Split('.')))
        {
            var at = keys[..^1].Aggregate((JsonNode)values, (node, key) => key == "0" ? node[0]! : node[key]!);
            at[keys[^1]] = Text;
        }
    }

    private async Task AssertRefusedAsync(IEnumerable<string> texts, string path, Action<JsonObject> change)
    {
        var all = texts.Order(StringComparer.Ordinal).ToImmutableArray();
        Assert.True(all.Length >= 200, $"{all.Length} texts");
        foreach (var alone in all.Where(text => text.Contains(Delete, StringComparison.Ordinal)))
        {
            await WriteChartAsync([alone], change);
            foreach (var helm in RealHelm.Both) await RefusedAsync(helm);
        }

        all = all.RemoveAll(text => text.Contains(Delete, StringComparison.Ordinal));
        await WriteChartAsync(all, change);
        foreach (var helm in RealHelm.Both)
        {
            var refused = await RefusedAsync(helm);
            Assert.All(all.Select((text, index) => (Text: text, Index: index)), item =>
                Assert.True(refused.Contains($"hostile{item.Index}.{path}"), $"{helm} lets {Escape(item.Text)} pass"));
            Assert.DoesNotContain(refused, at => at.StartsWith("right", StringComparison.Ordinal));
        }
    }

    private async Task<HashSet<string>> RefusedAsync(RealHelm helm)
    {
        var run = await helm.TemplateTextAsync(folder.FullName, "{}\n");
        Assert.StartsWith("Error: values don't meet the specifications", run.Errors, StringComparison.Ordinal);
        return Refused().Matches(run.Errors).Select(match => match.Groups["at"].Value.Replace('/', '.')).ToHashSet(StringComparer.Ordinal);
    }

    private async Task WriteChartAsync(ImmutableArray<string> texts, Action<JsonObject> change)
    {
        var schema = JsonNode.Parse(await ReadAsync("values.schema.json"))!.AsObject();
        var definitions = schema["definitions"]!.DeepClone();
        schema.Remove("definitions");
        definitions["instanceValues"] = schema;
        var many = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#", ["definitions"] = definitions,
            ["additionalProperties"] = new JsonObject { ["$ref"] = "#/definitions/instanceValues" },
        };
        var defaults = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(await ReadAsync("values.yaml"))] }).Value!;
        var values = JsonNode.Parse(GoJson.Write(defaults))!.AsObject();
        values["instance"]!["code"] = "acme";
        var text = new StringBuilder($"right: {values.ToJsonString()}\n");
        change(values);
        var changed = values.ToJsonString();
        for (var index = 0; index < texts.Length; index++)
            text.Append(CultureInfo.InvariantCulture, $"hostile{index}: ")
                .Append(changed.Replace($"\"{Text}\"", Escape(texts[index]), StringComparison.Ordinal)).Append('\n');
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Chart.yaml"), "apiVersion: v2\nname: all\nversion: 0.1.0\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "values.schema.json"), many.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "values.yaml"), text.ToString());
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(ChartUnderTest.Folder, file));

    // As YAML takes any text, in quotes.
    private static string Escape(string text) => $"\"{string.Concat(text.EnumerateRunes().Select(rune => $"\\U{rune.Value:X8}"))}\"";

    /// <summary>What the tools take for an addon's code, which their own tests hold.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex AddonCode();

    [GeneratedRegex("(?<=- (at '/)?)(?<at>(hostile[0-9]+|right)[./][A-Za-z0-9./]+)(?='?:)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex("\"const\": \"(?<text>[^\"]* [^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sentence();
}
