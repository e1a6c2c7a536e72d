using System.Collections.Immutable;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Every case as Helm 3 and Helm 4 render it; rendered once for all tests.</summary>
internal static class Renderings
{
    private static readonly Lazy<Task<ImmutableArray<RenderedCase>>> Rendered = new(RenderAllAsync);

    public static Task<ImmutableArray<RenderedCase>> AllAsync() => Rendered.Value;

    /// <summary>Asserts the same of every rendering; a failure names the case and the Helm.</summary>
    public static async Task EachAsync(Action<RenderedCase> assertion) => Assert.All(await AllAsync(), assertion);

    /// <summary>Asserts of those renderings that have addons with images, or of those that have none.</summary>
    public static async Task EachAsync(bool withAddons, Action<RenderedCase> assertion)
    {
        var chosen = (await AllAsync()).Where(item => item.Case.Addons.Length > 0 == withAddons).ToList();
        Assert.NotEmpty(chosen);
        Assert.All(chosen, assertion);
    }

    public static async Task<ImmutableArray<RenderedCase>> OfAsync(string name) =>
        [.. (await AllAsync()).Where(item => item.Case.Name == name)];

    private static async Task<ImmutableArray<RenderedCase>> RenderAllAsync()
    {
        var pairs = RealHelm.Both.SelectMany(helm => OverlayCases.All.Select(item => (Helm: helm, Case: item))).ToImmutableArray();
        var results = new RenderedCase[pairs.Length];
        await Parallel.ForAsync(0, pairs.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) =>
        {
            var (helm, item) = pairs[index];
            results[index] = new RenderedCase(helm, item, await helm.RenderTextAsync(ExampleRepo.Chart, item.Text));
        });
        return [.. results];
    }
}
