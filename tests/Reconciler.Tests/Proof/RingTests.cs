using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>A ring waits until the one before it is proven live, and has soaked.</summary>
public sealed class RingTests
{
    [Fact]
    public async Task The_next_ring_starts_when_the_one_before_is_live_and_has_soaked()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nrings: [{name: canary, selector: ring=canary, soak: 30m}, {name: main}]\n");
        foreach (var (code, ring) in ((string, string)[])[("acme", "canary"), ("beta", "main")])
        {
            fleet.Git.Wish(code, "1.1", $"labels: {{ring: {ring}}}\n");
            fleet.Git.Overlay(code, "1.0");
        }

        var before = fleet.Git.Push();
        fleet.Deploy("acme", before);
        Assert.Contains("ring       beta  waits for the ring canary: the same change is not merged there\n", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
        await fleet.RunAsync("merge", "odoosky/prod/i-acme");
        fleet.Git.Git("-C", fleet.Git.Work, "pull", "--quiet", "origin", "main");
        var merged = fleet.Git.Git("-C", fleet.Git.Work, "rev-parse", "HEAD");
        var it = new Deployed("acme", merged, fleet.HashOf("acme")) { At = 9, Ready = false };

        Assert.Contains("beta  waits for the ring canary: acme is Waiting (not-compared)\n", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
        fleet.Put(it);
        Assert.Contains("beta  waits for the ring canary: acme is Rolling (rolling-out)\n", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
        fleet.Put(it with { Ready = true });
        Assert.Contains("beta  waits for the ring canary: it soaks until 2023-11-14 22:53Z\n", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
        fleet.Clock.Advance(TimeSpan.FromMinutes(33));
        fleet.Server.Tokens.Clear();
        Assert.Contains("beta  waits for the ring canary: acme is Unknown (not-readable)\n", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
        fleet.Server.Tokens["sandbox"] = true;

        Assert.StartsWith("opened     odoosky/prod/i-beta", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_broken_holds_the_rings_and_names_why()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.Write("gitops.yaml", "apiVersion: odoosky.io/v1\nkind: GitOps\nchart: charts/instance\nrings: [{name: canary, selector: ring=canary}, {name: main}]\n");
        fleet.Git.AddInstance("beta", "1.0", wished: "1.1");
        fleet.Git.Push();
        File.Delete(Path.Combine(fleet.Git.Folder, "kube.yaml"));

        Assert.Contains("beta  waits for the ring canary: no cluster can be asked: The kubeconfig can't be read", (await fleet.RunAsync("apply")).Output, StringComparison.Ordinal);
    }
}
