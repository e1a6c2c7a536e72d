using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Tests.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class HashTests
{
    [Fact]
    public Task The_hash_that_Helm_renders_is_the_one_that_odoosky_hash_says_for_that_Helm() => AssertSaidAsync(helm => helm.Version);

    [Fact]
    public Task Both_majors_agree_so_that_no_version_must_be_named() => AssertSaidAsync(_ => null);

    [Theory]
    [InlineData("example alpenhof", "9893970a4d3504b3")]
    [InlineData("example bluefin", "34640b482194f228")]
    [InlineData("example cobalt", "93cd981e069c637a")]
    [InlineData("example driftwood", "523e4fc8c36b511c")]
    [InlineData("example eastgate", "71d617e6d1c19a46")]
    [InlineData("nothing but a code", "4f53cda18c2baa0c")]
    [InlineData("an empty list", "4f53cda18c2baa0c")]
    [InlineData("null for a list", "74234e98afe7498f")]
    public async Task The_hash_is_16_digits_of_the_lists_JSON(string name, string hash) =>
        Assert.All(await Renderings.OfAsync(name), rendered => Assert.Equal(hash, rendered.Manifests.Hash));

    [Fact]
    public async Task A_hash_that_looks_like_a_number_is_still_text_to_Kubernetes()
    {
        var (digits, exponent) = (NumberLikeList.Digits.Name, NumberLikeList.Exponent.Name);
        foreach (var (name, hash) in new[] { (digits, NumberLikeList.DigitsHash), (exponent, NumberLikeList.ExponentHash) })
        {
            Assert.True(AddonsHash.LooksLikeNumber(hash));
            Assert.All(await Renderings.OfAsync(name), rendered => Assert.Equal(hash, rendered.Manifests.Hash));
        }
    }

    [Fact]
    public async Task Every_field_of_every_row_counts_and_their_order_but_not_the_order_of_keys()
    {
        const string row = "{code: a, source: oca, image: r.example/a, version: \"1.10\"}";
        const string other = "{code: b, source: odoo-builtin, image: \"\", version: \"\"}";
        string[] same = [$"{row}, {other}", "{version: '1.10', image: r.example/a, source: oca, code: a}, " + other];
        string[] others =
        [
            $"{other}, {row}", row, other,
            .. new[] { ("code: a", "code: A"), ("oca", "vendor"), ("e/a", "e/c"), ("1.10", "1.1"), ("}", ", note: x}") }
                .Select(change => $"{row.Replace(change.Item1, change.Item2, StringComparison.Ordinal)}, {other}"),
            .. new[] { (", version: \"\"", ""), ("image: \"\"", "image: null") }
                .Select(change => $"{row}, {other.Replace(change.Item1, change.Item2, StringComparison.Ordinal)}"),
        ];
        using var releases = ManyReleases.Of(same.Concat(others).Select(addons => $"instance: {{code: acme}}\naddons: [{addons}]\n"));
        foreach (var helm in RealHelm.Both)
        {
            var hashes = (await releases.RenderAsync(helm)).Select(text => RenderedManifests.Parse(text).Hash).ToList();
            Assert.Equal(hashes[0], hashes[1]);
            Assert.Equal(others.Length + 1, hashes.Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static async Task AssertSaidAsync(Func<RealHelm, string?> version)
    {
        var rendered = await Renderings.AllAsync();
        var defaults = await File.ReadAllTextAsync(Path.Combine(ExampleRepo.Chart, "values.yaml"));
        var questions = rendered.Select(item => new JsonObject
        {
            ["values"] = new JsonArray(item.Case.Text), ["chartValues"] = defaults, ["helm"] = version(item.Helm),
        }.ToJsonString());
        using var prompt = new Prompt();
        var ran = await prompt.TypeAsync(string.Join('\n', questions), "hash", "--batch");
        var said = ran.Output.TrimEnd('\n').Split('\n').Select(answer => JsonNode.Parse(answer)!["hash"]?.GetValue<string>());
        Assert.Equal(rendered.Select(item => $"{item}: {item.Manifests.Hash}"), rendered.Zip(said, (item, hash) => $"{item}: {hash}"));
    }
}
