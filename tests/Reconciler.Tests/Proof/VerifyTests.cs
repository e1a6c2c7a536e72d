using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary><c>odoosky verify</c> on a real repository and a cluster that answers as a real one does.</summary>
public sealed class VerifyTests
{
    [Fact]
    public async Task An_instance_whose_pod_runs_what_was_merged_is_live_with_its_evidence()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        var landing = fleet.Git.Push();
        fleet.Git.Write("README.md", "another commit on the shared branch\n");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);

        var text = await fleet.RunAsync("verify");
        var json = (await fleet.RunAsync("verify", "-o", "json")).Json["instances"]![0]!;

        Assert.Equal((0, ""), (text.Exit, text.Messages));
        Assert.Equal("acme  Live          proven since 2023-11-14T22:16:20Z, 3m after the merge\n1 instance: 1 Live.\n", text.Output);
        Assert.Equal(("Live", "proven", "hash", landing), (Word(json, "verdict"), Word(json, "reason"), Word(json, "proof"), (string?)json["landing"]!["commit"]));
        Assert.Equal(("argocd/acme", revision, 180), (Word(json, "application"), Word(json, "revision"), (int)json["leadTimeSeconds"]!));
        Assert.Contains(json["evidence"]!.AsArray(), evidence => Word(evidence!, "field") == "expected.hash" && Word(evidence!, "value") == fleet.HashOf("acme"));
    }

    [Fact]
    public async Task Each_instance_has_its_verdict_and_the_next_step_and_a_failed_one_counts_most()
    {
        await using var fleet = await LiveFleet.StartAsync();
        foreach (var code in (string[])["acme", "beta", "gamma", "delta"]) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        fleet.Put(new Deployed("beta", revision, fleet.HashOf("beta")) { Ready = false, Waits = "ImagePullBackOff" });
        fleet.Put(new Deployed("gamma", revision, fleet.HashOf("gamma")) { Sync = "OutOfSync", Phase = "Failed", Message = "one or more objects failed to apply" });

        var ran = await fleet.RunAsync("verify");

        Assert.Equal(6, ran.Exit);
        Assert.Contains("\nbeta   Rolling 0/1   pod-trouble: addon-web-x ImagePullBackOff\n       next: look at that container: image, version, its log\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("\ndelta  Waiting       application-pending\n       next: wait\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("\ngamma  Failed        sync-failed: one or more objects failed to apply\n", ran.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n4 instances: 1 Live, 1 Rolling, 1 Waiting, 1 Failed.\n", ran.Output, StringComparison.Ordinal);
        Assert.Equal(5, (await fleet.RunAsync("verify", "beta", "delta")).Exit);
        Assert.Equal(0, (await fleet.RunAsync("verify", "acme")).Exit);
    }

    [Fact]
    public async Task A_change_that_leaves_the_hash_alone_is_proven_by_its_revision()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.Push();
        fleet.Git.Write("instances/acme/values.yaml", "# a comment of a person\n" + await File.ReadAllTextAsync(Path.Combine(fleet.Git.Work, "instances/acme/values.yaml")));
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);

        var json = (await fleet.RunAsync("verify", "-o", "json")).Json["instances"]![0]!;

        Assert.Equal(("Live", "revision"), (Word(json, "verdict"), Word(json, "proof")));
    }

    [Fact]
    public async Task A_revision_before_the_merge_does_not_count_and_a_later_one_is_fetched()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0");
        var before = fleet.Git.Push();
        var hash = fleet.HashOf("acme");
        fleet.Git.Overlay("acme", "1.1");
        fleet.Git.Push();
        fleet.Put(new Deployed("acme", before, hash));

        Assert.StartsWith("acme  Waiting       not-compared", (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);

        fleet.Git.Write("README.md", "later\n");
        fleet.Deploy("acme", fleet.Git.Push());
        Assert.StartsWith("acme  Live ", (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_pod_is_ready_and_tells_what_changed()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("beta");
        var revision = fleet.Git.Push();
        fleet.Deploy("beta", revision);
        var rolling = new Deployed("acme", revision, fleet.HashOf("acme")) { Ready = false };
        fleet.Put(rolling);

        var waiting = fleet.RunAsync("verify", "--wait");
        await WatchedAsync(fleet, waiting);
        await PassAsync(fleet, () => fleet.Git.Messages().Contains("Rolling 0/1", StringComparison.Ordinal), waiting);
        fleet.Put(rolling with { Ready = true });
        await PassAsync(fleet, () => waiting.IsCompleted, waiting);
        var ran = await waiting;

        Assert.Equal(0, ran.Exit);
        Assert.Contains("acme  Rolling 0/1   rolling-out\n", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("acme  Live          proven", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith("2 instances: 2 Live.\n", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_exits_with_5_and_said_how_far_it_was()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Put(new Deployed("acme", fleet.Git.Push(), fleet.HashOf("acme")) { Ready = false });

        var waiting = fleet.RunAsync("verify", "--wait", "--timeout", "1m");
        await WatchedAsync(fleet, waiting);
        await PassAsync(fleet, () => waiting.IsCompleted, waiting);
        var ran = await waiting;

        Assert.Equal(5, ran.Exit);
        Assert.Matches("1 instance: 1 Rolling. [0-9]+s of 1m\n", ran.Messages);
    }

    [Fact]
    public async Task A_wait_in_which_no_cluster_answers_exits_with_5_and_says_so()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());
        fleet.Server.Faults = _ => new Fault.Stall("");

        var waiting = fleet.RunAsync("verify", "--wait", "--timeout", "5s");
        while (fleet.Server.Requests.Count == 0 && !waiting.IsCompleted) await Task.Delay(20, TestContext.Current.CancellationToken);
        await PassAsync(fleet, () => waiting.IsCompleted, waiting);
        var ran = await waiting;

        Assert.Equal((5, ""), (ran.Exit, ran.Output));
        Assert.Contains("no cluster answered within 5s; try again with a longer --timeout, or see odoosky doctor.", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_one_line_moves_below_the_verdicts_and_is_gone_at_the_end()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.HasTerminal = true;
        fleet.Git.AddInstance("acme");
        fleet.Put(new Deployed("acme", fleet.Git.Push(), fleet.HashOf("acme")) { Ready = false });

        var waiting = fleet.RunAsync("verify", "--wait", "--timeout", "1m");
        await WatchedAsync(fleet, waiting);
        await PassAsync(fleet, () => waiting.IsCompleted, waiting);
        var ran = await waiting;

        Assert.Equal(5, ran.Exit);
        Assert.Contains("acme  Rolling 0/1   rolling-out", ran.Messages, StringComparison.Ordinal);
        Assert.Matches("1 instance: 1 Rolling\\. [0-9]+s of 1m", ran.Messages);
        Assert.Contains("\u001b[2K", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", ran.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_or_a_label_finds_the_Application_where_the_settings_say_so()
    {
        foreach (var (setting, change) in ((string, Action<JsonObject>)[])[(", applicationName: \"odoo-{code}\"", made => made["metadata"]!["name"] = "odoo-acme"), (", applicationLabel: tenant", made => made["metadata"]!["labels"] = new JsonObject { ["tenant"] = "acme" })])
        {
            await using var fleet = await LiveFleet.StartAsync(setting);
            fleet.Git.AddInstance("acme");
            var it = fleet.Deploy("acme", fleet.Git.Push());
            var application = LiveFleet.Application(it);
            change(application);
            fleet.Delete("argoproj.io", "applications", "argocd", "acme");
            Assert.StartsWith("acme  Waiting       application-pending", (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);

            fleet.Put("argoproj.io", "applications", application);

            Assert.StartsWith("acme  Live ", (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_removed_overlay_is_retired_once_its_Application_is_gone()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.AddInstance("beta");
        fleet.Deploy("acme", fleet.Git.Push());
        fleet.Git.Delete("instances/acme/values.yaml");
        fleet.Git.Delete("instances/beta/values.yaml");
        fleet.Git.Push();

        var ran = await fleet.RunAsync("verify", "acme", "beta");

        Assert.Equal(5, ran.Exit);
        Assert.Contains("acme  Waiting       being-removed", ran.Output, StringComparison.Ordinal);
        Assert.Contains("beta  Retired       removed", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_names_no_cluster_or_no_instance_that_there_is_gets_an_error_with_the_next_step()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Git.Push();
        var stranger = await fleet.RunAsync("verify", "nobody");
        fleet.Settings("base: main");
        var none = await fleet.RunAsync("verify");

        Assert.Equal(1, stranger.Exit);
        Assert.Contains("OSG0905: nobody has no overlay", stranger.Messages, StringComparison.Ordinal);
        Assert.Equal((1, ""), (none.Exit, none.Output));
        Assert.Contains("error OSG0903: No cluster is named", none.Messages, StringComparison.Ordinal);
    }

    /// <summary>Waits, while no time passes, until all kinds are watched: from then on it is the clock that ends the wait.</summary>
    internal static async Task WatchedAsync(LiveFleet fleet, Task ends)
    {
        while (Kinds.Any(kind => !fleet.Server.Requests.Contains("watch " + kind)) && !ends.IsCompleted) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>Lets time pass until something holds.</summary>
    internal static async Task PassAsync(LiveFleet fleet, Func<bool> holds, Task ends)
    {
        while (!holds())
        {
            Assert.False(ends.IsFaulted, ends.Exception?.ToString());
            if (ends.IsCompleted) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
            fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static readonly string[] Kinds = ["applications.argoproj.io", "deployments.apps", "replicasets.apps", "pods"];

    private static string? Word(JsonNode node, string key) => (string?)node[key];
}
