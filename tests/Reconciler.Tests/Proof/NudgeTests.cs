using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>When Argo CD is asked to look again.</summary>
public sealed class NudgeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_that_runs_with_another_hash_for_a_minute_is_refreshed_hard_once()
    {
        await using var fleet = await LiveFleet.StartAsync();
        string[] codes = ["a1", "a2", "a3", "a4"];

        var asked = await AskedAsync(fleet, codes, wrong: 1);

        Assert.Equal([[], [], ["a1=hard"], ["a1=hard"]], asked);
    }

    [Fact]
    public async Task A_chart_that_computes_the_hash_otherwise_has_nothing_rendered_anew()
    {
        await using var fleet = await LiveFleet.StartAsync();

        var asked = await AskedAsync(fleet, ["a1", "a2", "a3", "a4", "a5"], wrong: 3);

        Assert.Equal([[], [], [], []], asked);
    }

    // The refreshes that were asked for, after each of four looks half a minute apart.
    private static async Task<List<string[]>> AskedAsync(LiveFleet fleet, string[] codes, int wrong)
    {
        foreach (var code in codes) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        foreach (var code in codes[..wrong]) fleet.Put(new Deployed(code, revision, fleet.HashOf(code)) { LiveHash = "aaaaaaaaaaaaaaaa" });
        foreach (var code in codes[wrong..]) fleet.Deploy(code, revision);
        fleet.Clock.Advance(TimeSpan.FromMinutes(4));
        await using var open = fleet.Open();
        using var rollouts = open.Clusters.Open().Rollouts!;
        var verification = open.Verify(rollouts);
        List<string[]> asked = [];
        for (var look = 0; look < 4; look++)
        {
            await verification.OnceAsync([], Stop);
            await verification.NudgeAsync(Stop);
            asked.Add([.. codes.Where(code => fleet.RefreshOf(code) is not null).Select(code => $"{code}={fleet.RefreshOf(code)}")]);
            fleet.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        return asked;
    }
}
