using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

public sealed class HashTests
{
    private static readonly byte[] ChartValues = File.ReadAllBytes(Path.Combine(ExampleRepo.Chart, "values.yaml"));

    [Fact]
    public Task The_hash_that_Helm_renders_is_the_predicted_one() => Renderings.EachAsync(rendered =>
        Assert.Equal(Predicted(rendered.Case.Text, HelmVersion.TryParse(rendered.Helm.Version)), rendered.Manifests.Hash));

    [Fact]
    public Task Both_majors_agree_so_that_no_version_must_be_named() => Renderings.EachAsync(rendered =>
        Assert.Equal(Predicted(rendered.Case.Text, null), rendered.Manifests.Hash));

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
        foreach (var (overlay, hash) in new[] { (NumberLikeList.Digits, NumberLikeList.DigitsHash), (NumberLikeList.Exponent, NumberLikeList.ExponentHash) })
        {
            Assert.True(AddonsHash.LooksLikeNumber(hash));
            var cases = await Renderings.OfAsync(overlay.Name);
            Assert.Equal(2, cases.Length);
            Assert.All(cases, rendered => Assert.Equal(hash, rendered.Manifests.Hash));
        }
    }

    [Fact]
    public async Task The_order_of_keys_in_a_row_does_not_count_and_the_order_of_rows_does()
    {
        const string row = "code: a, source: oca, image: r.example/a, version: \"1\"";
        const string turned = "version: \"1\", image: r.example/a, source: oca, code: a";
        var other = row.Replace(" a,", " b,", StringComparison.Ordinal);
        foreach (var helm in RealHelm.Both)
        {
            var first = await HashOfAsync(helm, $"[{{{row}}}, {{{other}}}]");
            Assert.Equal(first, await HashOfAsync(helm, $"[{{{turned}}}, {{{other}}}]"));
            Assert.NotEqual(first, await HashOfAsync(helm, $"[{{{other}}}, {{{row}}}]"));
        }
    }

    private static async Task<string> HashOfAsync(RealHelm helm, string addons) =>
        (await helm.RenderTextAsync(ExampleRepo.Chart, $"instance: {{code: acme}}\naddons: {addons}\n")).Hash;

    private static string Predicted(string overlay, HelmVersion? version)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(overlay)], ChartValues = ChartValues, Version = version });
        Assert.Null(reading.Failure);
        return AddonsHash.Of(reading.Value!.Find("addons"));
    }
}
