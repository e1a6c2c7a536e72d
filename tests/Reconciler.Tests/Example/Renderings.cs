using System.Collections.Concurrent;
using System.Collections.Immutable;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Every case as Helm 3 and Helm 4 render it; rendered once for all tests that look at one chart.</summary>
internal static class Renderings
{
    /// <summary>Enough for a chart with one fault: what is special, without what is only long.</summary>
    private static readonly ImmutableArray<OverlayCase> Special =
        [.. OverlayCases.All.RemoveRange(ChosenOverlays.All).Where(item => item.Addons.Length < 60 && item.Code.Length < 40)];

    private static readonly ConcurrentDictionary<string, Lazy<Task<ImmutableArray<RenderedCase>>>> Rendered = new(StringComparer.Ordinal);

    public static Task<ImmutableArray<RenderedCase>> AllAsync() => Rendered.GetOrAdd(
        ChartUnderTest.Folder,
        static _ => new(() => ChartUnderTest.IsTheExamples ? RenderOneByOneAsync() : RenderAtOnceAsync(Special))).Value;

    /// <summary>Lets the renderings of a chart go that nobody will look at again.</summary>
    public static void Forget(string chart) => Rendered.TryRemove(chart, out _);

    /// <summary>Asserts the same of every rendering; a failure names the case and the Helm.</summary>
    public static async Task EachAsync(Action<RenderedCase> assertion) => Assert.All(await AllAsync(), assertion);

    /// <summary>Asserts of those renderings that have addons with images, or of those that have none.</summary>
    public static async Task EachAsync(bool withAddons, Action<RenderedCase> assertion)
    {
        var chosen = (await AllAsync()).Where(item => item.Case.Addons.Length > 0 == withAddons).ToList();
        Assert.NotEmpty(chosen);
        Assert.All(chosen, assertion);
    }

    /// <summary>One case, by both Helms.</summary>
    public static async Task<ImmutableArray<RenderedCase>> OfAsync(string name)
    {
        if (ChartUnderTest.IsTheExamples) return [.. (await AllAsync()).Where(item => item.Case.Name == name)];
        var found = OverlayCases.All.Single(item => item.Name == name);
        return [.. await Task.WhenAll(RealHelm.Both.Select(helm => RenderAsync(helm, found)))];
    }

    /// <summary>The same cases in one run of each Helm, whose texts differ in nothing but what a rendering makes up.</summary>
    public static async Task<ImmutableArray<RenderedCase>> RenderAtOnceAsync(ImmutableArray<OverlayCase> cases)
    {
        using var releases = ManyReleases.Of(cases.Select(item => item.Text));
        var texts = await Task.WhenAll(RealHelm.Both.Select(releases.RenderAsync));
        return [.. RealHelm.Both.Zip(texts).SelectMany(of => cases.Zip(of.Second, (item, text) => new RenderedCase(of.First, item, text)))];
    }

    private static async Task<ImmutableArray<RenderedCase>> RenderOneByOneAsync()
    {
        var pairs = RealHelm.Both.SelectMany(helm => OverlayCases.All.Select(item => (Helm: helm, Case: item))).ToImmutableArray();
        var results = new RenderedCase[pairs.Length];
        await Parallel.ForAsync(0, pairs.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) =>
        {
            var (helm, item) = pairs[index];
            results[index] = await RenderAsync(helm, item);
        });
        return [.. results];
    }

    private static async Task<RenderedCase> RenderAsync(RealHelm helm, OverlayCase item)
    {
        var run = await helm.TemplateTextAsync(ChartUnderTest.Folder, item.Text);
        Assert.True(run.ExitCode == 0, $"{helm}, {item}: {run.Errors}");
        return new RenderedCase(helm, item, run.Output);
    }
}
