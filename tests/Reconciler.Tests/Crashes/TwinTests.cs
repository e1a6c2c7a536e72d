using System.Diagnostics;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Crashes;

/// <summary>Two passes of the real program at the same time on one remote.</summary>
public sealed class TwinTests
{
    private const int Rounds = 10;

    private static readonly string[] Codes = ["alpha", "bravo", "delta"];

    [Theory]
    [InlineData("a cache and a proposals folder each", "2")]
    [InlineData("both shared", "")]
    public async Task Two_passes_at_once_end_well_with_one_proposal_a_group_and_the_same_commits(string what, string suffix)
    {
        Assert.NotEmpty(what);
        using var fleet = new TestFleet();
        foreach (var code in Codes) fleet.AddInstance(code);
        fleet.Push();
        var home = Path.GetDirectoryName(fleet.Remote)!;
        for (var round = 1; round <= Rounds; round++)
        {
            // Every other round the branches are new; in the others they are renewed, or taken back.
            foreach (var code in Codes) fleet.Wish(code, round % 4 == 0 ? "1.0" : $"{round}.5");
            fleet.Push();
            if (round % 2 == 1) foreach (var code in Codes) fleet.TryDelete($"odoosky/prod/i-{code}");
            Ended[] ended = await Task.WhenAll(StartAsync(fleet, home, string.Empty), StartAsync(fleet, home, suffix));

            Assert.All(ended, one => Assert.True(one.Exit == 0, $"round {round}: {one.Exit}\n{one.Output}\n{one.Messages}"));
            var refs = fleet.Refs();
            var again = await fleet.RunWithCacheAsync("third", "apply");
            Assert.Equal((0, refs), (again.Exit, fleet.Refs()));
            Assert.Equal(round % 4 == 0 ? 0 : Codes.Length, refs.Split('\n').Count(line => line.Contains("odoosky/", StringComparison.Ordinal)));
            Assert.Equal(round % 4 == 0 ? 0 : Codes.Length, Directory.GetFiles(fleet.Proposals, "*.md", SearchOption.AllDirectories).Length);
        }
    }

    private static async Task<Ended> StartAsync(TestFleet fleet, string home, string suffix)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "odoosky.dll"), "apply", "--repository", fleet.Remote, "--target", "prod",
            "--cache", Path.Combine(home, "cache" + suffix), "--proposals", fleet.Proposals + suffix,
        ]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var messages = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output, await messages);
    }

    private sealed record Ended(int Exit, string Output, string Messages);
}
