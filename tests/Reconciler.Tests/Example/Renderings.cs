using System.Collections.Concurrent;
using System.Collections.Immutable;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Every case as Helm 3 and Helm 4 render it; rendered once for all tests that look at one chart.</summary>
internal static class Renderings
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<ImmutableArray<RenderedCase>>>> Rendered = new(StringComparer.Ordinal);

    public static Task<ImmutableArray<RenderedCase>> AllAsync() => Rendered.GetOrAdd(
        ChartUnderTest.Folder,
        static _ => new(() => ChartUnderTest.IsTheExamples ? RenderOneByOneAsync() : RenderAtOnceAsync())).Value;

    /// <summary>Asserts the same of every rendering; a failure names the case and the Helm.</summary>
    public static async Task EachAsync(Action<RenderedCase> assertion) => Assert.All(await AllAsync(), assertion);

    /// <summary>Asserts of those renderings that have addons with images, or of those that have none.</summary>
    public static async Task EachAsync(bool withAddons, Action<RenderedCase> assertion)
    {
        var chosen = (await AllAsync()).Where(item => item.Case.Addons.Length > 0 == withAddons).ToList();
        Assert.NotEmpty(chosen);
        Assert.All(chosen, assertion);
    }

    public static async Task<ImmutableArray<RenderedCase>> OfAsync(string name)
    {
        var found = (await AllAsync()).Where(item => item.Case.Name == name).ToImmutableArray();
        Assert.Equal(RealHelm.Both, found.Select(item => item.Helm));
        return found;
    }

    /// <summary>The same cases in one run of each Helm, whose texts differ in nothing but what a rendering makes up.</summary>
    public static async Task<ImmutableArray<RenderedCase>> RenderAtOnceAsync()
    {
        using var releases = ManyReleases.Of(OverlayCases.All.Select(item => item.Text));
        var texts = await Task.WhenAll(RealHelm.Both.Select(releases.RenderAsync));
        return [.. RealHelm.Both.Zip(texts).SelectMany(pair => OverlayCases.All.Zip(pair.Second, (item, text) => new RenderedCase(pair.First, item, text)))];
    }

    private static async Task<ImmutableArray<RenderedCase>> RenderOneByOneAsync()
    {
        var pairs = RealHelm.Both.SelectMany(helm => OverlayCases.All.Select(item => (Helm: helm, Case: item))).ToImmutableArray();
        var results = new RenderedCase[pairs.Length];
        await Parallel.ForAsync(0, pairs.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) =>
        {
            var (helm, item) = pairs[index];
            var run = await helm.TemplateTextAsync(ExampleRepo.Chart, item.Text);
            Assert.True(run.ExitCode == 0, $"{helm}, {item}: {run.Errors}");
            results[index] = new RenderedCase(helm, item, run.Output);
        });
        return [.. results];
    }
}
