using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forecasts;

/// <summary>What the program forecasts for two overlays of the example's chart, and what real Helm renders from them.</summary>
internal static class ForecastRun
{
    // Most cases share one side; real Helm is asked once for it.
    private static readonly ConcurrentDictionary<(string Helm, string Overlay), Task<RenderedPods>> Rendered = new();

    public static ReadOnlyMemory<byte> ChartValues { get; } = File.ReadAllBytes(Path.Combine(HelmProgram.Chart, "values.yaml"));

    public static RestartPaths Paths { get; } = RestartPaths.Read(
        RestartPaths.FileName, File.ReadAllBytes(Path.Combine(HelmProgram.Chart, RestartPaths.FileName)));

    public static HelmMap Effective(string overlay)
    {
        var reading = HelmValues.Read(new HelmInput { Files = [Encoding.UTF8.GetBytes(overlay)], ChartValues = ChartValues });
        Assert.True(reading.Value is not null, reading.Failure?.Message);
        return reading.Value!;
    }

    public static Overlay.Plan.Forecast Of(string before, string after) => Forecaster.Compare(Effective(before), Effective(after), Paths);

    /// <summary>Renders both sides with both Helms; hash and init containers of each side must be what the program says of it.</summary>
    public static async Task<ImmutableArray<(RenderedPods Before, RenderedPods After)>> RenderAsync(string before, string after)
    {
        var rendered = ImmutableArray.CreateBuilder<(RenderedPods, RenderedPods)>();
        var sides = await Task.WhenAll(HelmProgram.Both.SelectMany(helm => (Task<RenderedPods>[])[Side(helm, before), Side(helm, after)]));
        for (var i = 0; i < sides.Length; i += 2) rendered.Add((sides[i], sides[i + 1]));

        return rendered.ToImmutable();
    }

    /// <summary>The words that a forecast must never break, whatever changes.</summary>
    public static void Holds(Overlay.Plan.Forecast forecast, RenderedPods before, RenderedPods after)
    {
        var rolled = before.RolledBy(after);
        if (forecast.Restart == Restart.No) Assert.Empty(rolled);
        if (forecast.Restart != Restart.Unknown) Assert.Empty(rolled.Except(forecast.Pods));
        if (forecast.Restart == Restart.AuditOnly)
        {
            Assert.Equal(["odoo"], rolled);
            Assert.Equal(before.OdooWithoutHash, after.OdooWithoutHash);
        }

        Assert.Equal(InitContainers.Compare(before.Addons, after.Addons), forecast.InitContainers);
    }

    private static Task<RenderedPods> Side(HelmProgram helm, string overlay) =>
        Rendered.GetOrAdd((helm.Name, overlay), _ => CheckedAsync(helm, overlay));

    private static async Task<RenderedPods> CheckedAsync(HelmProgram helm, string overlay)
    {
        var pods = await helm.RenderAsync(HelmProgram.Chart, Encoding.UTF8.GetBytes(overlay));
        var addons = Effective(overlay).Find("addons");
        Assert.Equal(AddonsHash.Of(addons), pods.Hash);
        Assert.Equal(InitContainers.Of(addons), pods.Addons);
        return pods;
    }
}
