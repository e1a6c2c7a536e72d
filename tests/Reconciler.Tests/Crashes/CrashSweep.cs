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

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    public static async Task RunAsync(CrashStart start, ITestOutputHelper output)
    {
        if (CrashFleet.Obstacle() is { } obstacle) Assert.Skip(obstacle);
        await using var fleet = await CrashFleet.MakeAsync();
        var all = await fleet.PointsAsync(start);
        var points = IsLong ? all : Sample(all);
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

        output.WriteLine($"{points.Count} of {all.Count} points; not reached: {string.Join("; ", missed)}");
        Assert.Empty(wrong);
        Assert.True(missed.Count <= points.Count / 20, string.Join('\n', missed));
    }

    // Spread evenly over the pass, so that no git call and no stretch of the disk's work is left out.
    private static List<CrashPoint> Sample(List<CrashPoint> all) =>
        [.. Enumerable.Range(0, Math.Min(Sampled, all.Count)).Select(i => all[i * all.Count / Math.Min(Sampled, all.Count)])];
}
