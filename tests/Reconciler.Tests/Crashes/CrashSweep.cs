using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>A pass that finds an up-to-date clone, killed anywhere.</summary>
public sealed class WarmCrashTests(ITestOutputHelper output)
{
    [Fact]
    public Task A_warm_pass_that_is_killed_anywhere_is_finished_by_the_next() => CrashSweep.RunAsync(CrashStart.Warm, output);
}

/// <summary>A pass on a machine that knows nothing yet, killed anywhere.</summary>
public sealed class ColdCrashTests(ITestOutputHelper output)
{
    [Fact]
    public Task A_cold_pass_that_is_killed_anywhere_is_finished_by_the_next() => CrashSweep.RunAsync(CrashStart.Cold, output);
}

/// <summary>
/// The program and its git children, killed with SIGKILL all over a pass: before and after every git call, and at system calls that
/// change the disk. Every point is taken when ODOOSKY_TEST_LONG is set, else some, spread over the pass. The two starts are classes
/// of their own, so that they run side by side.
/// </summary>
internal static class CrashSweep
{
    private const int Sampled = 80;
    private const int Lanes = 2;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    /// <summary>Takes the points in two lanes at a time, each with a fleet of its own: the last sweep has both cores to itself.</summary>
    public static async Task RunAsync(CrashStart start, ITestOutputHelper output)
    {
        if (CrashFleet.Obstacle() is { } obstacle) Assert.Skip(obstacle);
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(start, lane))));
        List<string> missed = [.. lanes.SelectMany(lane => lane.Missed)], wrong = [.. lanes.SelectMany(lane => lane.Wrong)];
        output.WriteLine($"{lanes.Sum(lane => lane.Points)} of {lanes[0].All} points; not reached: {string.Join("; ", missed)}");
        Assert.Empty(wrong);
        Assert.True(missed.Count <= lanes.Sum(lane => lane.Points) / 20, string.Join('\n', missed));
    }

    private static async Task<Lane> LaneAsync(CrashStart start, int lane)
    {
        await using var fleet = await CrashFleet.MakeAsync();
        var all = await fleet.PointsAsync(start);
        var points = (IsLong ? all : Sample(all)).Where((_, i) => i % Lanes == lane).ToList();
        List<string> missed = [], wrong = [];
        foreach (var (point, i) in points.Select((point, i) => (point, i)))
        {
            fleet.Restore(start);
            if (!await fleet.KillAsync(point)) missed.Add(point.ToString());

            // Every eighth time the pass after it is killed too, somewhere else.
            if (i % 8 == 7) await fleet.KillAsync(points[(i * 37) % points.Count]);
            var found = await fleet.RecoverAsync();
            if (found != fleet.Undisturbed) wrong.Add($"{point}\n{found}");
        }

        return new Lane(all.Count, points.Count, missed, wrong);
    }

    private sealed record Lane(int All, int Points, List<string> Missed, List<string> Wrong);

    // Spread evenly over the pass, so that no git call and no stretch of the disk's work is left out.
    private static List<CrashPoint> Sample(List<CrashPoint> all) =>
        [.. Enumerable.Range(0, Math.Min(Sampled, all.Count)).Select(i => all[i * all.Count / Math.Min(Sampled, all.Count)])];
}
