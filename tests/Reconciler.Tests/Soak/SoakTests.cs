using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>
/// One service for a simulated week: 200 instances, 10,000 passes a minute apart (20 and 60 in a short run), people and faults by the
/// dice. Every promise that can be is checked after every job, and what the service weighs must not grow.
/// </summary>
[Collection(Alone)]
public sealed class SoakTests(ITestOutputHelper output)
{
    public const string Alone = "The soak weighs its process";

    private const int Weighing = 500;

    // The first half of the week fills what a service knows of its fleet, and each Deployment's history of ReplicaSets in the cluster.
    private const int Warm = 5_000;
    private const double MostGrowth = 5 * 1024 * 1024;
    private const int MostHandles = 20;

    // git keeps what nothing reaches for two weeks of real time, and a soak takes less than one hour of it.
    private const int MostFiles = 2_000;

    public static TheoryData<int, int, int, int> Runs => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is { Length: > 0 }
        ? new() { { 1, 200, Number("ODOOSKY_SOAK_PASSES", 10_000), 8 } }
        : new() { { 2, 20, 60, 4 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_week_of_faults_breaks_no_promise_and_leaves_nothing_behind(int seed, int instances, int passes, int seldom)
    {
        await using var world = await SoakWorld.StartAsync(instances);
        var (week, burdens, watch) = (new SoakWeek(world, new Random(seed), seldom), new List<Burden>(), Stopwatch.StartNew());
        for (var pass = 1; pass <= passes; pass++)
        {
            await GuardAsync(pass, week, () => week.PassAsync(pass));
            if (pass % Weighing == 0) burdens.Add(Weigh(world, pass));
        }

        await GuardAsync(passes, week, () => week.SettleAsync(passes));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passes} passes in {watch.Elapsed.TotalSeconds:0} s; {week.QuietPasses} held to be quiet; {week.Failures} jobs failed with the world"));
        Assert.InRange(week.QuietPasses, 1, passes);
        if (burdens.Count > Warm / Weighing) Judge([.. burdens.Where(each => each.Pass >= Warm)]);
    }

    private void Judge(IReadOnlyList<Burden> burdens)
    {
        var (span, slope) = (burdens[^1].Pass - burdens[0].Pass, Burden.Slope(burdens, each => each.Heap));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heap: {slope:0.0} bytes a pass, {slope * span / 1024 / 1024:0.00} MB over the last {span} passes"));
        Assert.InRange(slope * span, double.MinValue, MostGrowth);
        Assert.InRange(Burden.Slope(burdens, each => each.Handles) * span, double.MinValue, MostHandles);
        Assert.InRange(Burden.Slope(burdens, each => each.Files) * span, double.MinValue, MostFiles);
        Assert.InRange(burdens.Max(each => each.Children) - burdens.Min(each => each.Children), 0, 3);
    }

    private Burden Weigh(SoakWorld world, int pass)
    {
        world.Rest();
        var burden = Burden.Weigh(pass, world.Cache);
        output.WriteLine(burden.ToString());
        return burden;
    }

    private static async Task GuardAsync(int pass, SoakWeek week, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"pass {pass}: {string.Join("; ", week.Log)}: {failure.Message}"), failure);
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

/// <summary>Runs while nothing else does: its handles and its heap are the process's.</summary>
[CollectionDefinition(SoakTests.Alone, DisableParallelization = true)]
public sealed class SoakAlone;
