using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Life;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>A fleet of ten thousand (two hundred in a short run): what judging costs, and that one changed object costs one verdict.</summary>
public sealed class FleetSizeTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is { Length: > 0 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judging_a_fleet_is_quick_and_one_changed_object_is_judged_alone()
    {
        var codes = Enumerable.Range(0, IsLong ? 10_000 : 200).Select(i => $"i{i:00000}").ToList();
        await using var fleet = await LiveFleet.StartAsync();
        var revision = Import(fleet, codes);
        var hash = HelmValues.HashAddons(new HelmInput { Files = [Encoding.UTF8.GetBytes(LifeFleet.Overlay("i", "1.0"))] }).Value!;
        foreach (var code in codes) fleet.Put(new Deployed(code, revision, hash));
        await using var open = Hosting.Open(Target(fleet), fleet.Clock, new Secrets());
        var rollouts = open.Clusters.Open().Rollouts!;
        var verification = open.Verify(rollouts);
        var proof = verification.Proof;

        var reading = await rollouts.ReadAsync(Stop);
        var git = await CostAsync(() => proof.ReadAsync([], Stop));
        var judging = await CostAsync(() => proof.TakeAsync(reading, null, Stop));
        var again = await CostAsync(() => proof.AgainAsync(Stop));
        var changed = reading with { Clusters = reading.Clusters.SetItem("this", WithoutPod(reading.ArgoCluster, codes[7])) };
        var pod = new ChangedObject("this", ClusterKind.Pod, $"odoo-{codes[7]}", $"{codes[7]}-odoo-pod");
        ImmutableArray<(OdooSky.GitOps.Reconciler.Proof.InstanceProof? Before, OdooSky.GitOps.Reconciler.Proof.InstanceProof Now)> moved = [];
        await proof.TakeAsync(reading, [pod with { Namespace = $"odoo-{codes[8]}", Name = $"{codes[8]}-odoo-pod" }], Stop);
        var known = proof.All.ToList();
        var one = await CostAsync(async () => moved = await proof.TakeAsync(changed, [pod], Stop));

        TestContext.Current.TestOutputHelper?.WriteLine($"CPU for {codes.Count} instances: Git {git} ms, first verdicts {judging} ms, all again {again} ms, one change {one} ms");
        Assert.Equal([(codes[7], VerdictKind.Live, VerdictKind.Rolling)], moved.Select(each => (each.Now.Code.Text, each.Before!.Verdict.Kind, each.Now.Verdict.Kind)));
        Assert.Equal(codes.Count - 1, proof.All.Count(each => each.Verdict.Kind == VerdictKind.Live));
        Assert.Equal(codes.Count - 1, proof.All.Intersect(known, ReferenceEqualityComparer.Instance).Count());
        if (!IsLong) return; // other tests take part of the processor's time, and of a small fleet it says nothing
        Assert.True(one < 50, $"one change: {one} ms");
        Assert.True(judging < 5_000, $"all verdicts: {judging} ms");
    }

    // The processor's time: the clock on the wall also counts what else the machine does.
    private static async Task<double> CostAsync(Func<Task> act)
    {
        var before = Environment.CpuUsage.TotalTime;
        await act();
        return Math.Round((Environment.CpuUsage.TotalTime - before).TotalMilliseconds, 1);
    }

    private static ClusterReading WithoutPod(ClusterReading cluster, string code)
    {
        var (key, owner) = (($"odoo-{code}", $"{code}-odoo-pod"), $"set-{code}-2");
        return cluster with { Pods = cluster.Pods with { Objects = cluster.Pods.Objects.Remove(key), Groups = cluster.Pods.Groups.Remove(owner) } };
    }

    private static string Import(LiveFleet fleet, List<string> codes)
    {
        fleet.Git.Push();
        foreach (var code in codes) fleet.Git.Write($"instances/{code}/values.yaml", LifeFleet.Overlay(code, "1.0"));
        return fleet.Git.Push();
    }

    private static RunTarget Target(LiveFleet fleet) => Hosting.Resolve(new TargetChoice
    {
        Target = "prod",
        Cache = Path.Combine(fleet.Git.Folder, "cache"),
        Environment = ImmutableSortedDictionary<string, string>.Empty,
        Folder = fleet.Git.Folder,
    }).Target!;
}
