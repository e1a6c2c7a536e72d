using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>What goes wrong between the verb and the cluster, end to end.</summary>
public sealed class FaultTests
{
    private const string Gone = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version","reason":"Expired","code":410}}""" + "\n";

    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        ["dies"] = new Fault.Bytes("", Clean: false),
        ["ends at once"] = new Fault.Bytes("", Clean: true),
        ["410 in the stream"] = new Fault.Bytes(Gone, Clean: true),
        ["410 as status"] = new Fault.Text(410, "gone"),
        ["half a line"] = new Fault.Bytes("""{"type":"DELETED","object":{"metadata":{"name":"acme-odoo-pod","namesp""", Clean: false),
        ["nonsense"] = new Fault.Bytes("<html>\n", Clean: true),
        ["silence"] = new Fault.Stall(""),
        ["busy"] = new Fault.Text(503, "apiserver is shutting down"),
    };

    [Theory]
    [InlineData("dies")]
    [InlineData("ends at once")]
    [InlineData("410 in the stream")]
    [InlineData("410 as status")]
    [InlineData("half a line")]
    [InlineData("nonsense")]
    [InlineData("silence")]
    [InlineData("busy")]
    public async Task A_watch_that_fails_once_does_not_keep_the_news_away(string fault)
    {
        await using var fleet = await LiveFleet.StartAsync();
        var it = Rolling(fleet);
        var isFirst = true;
        fleet.Server.Faults = asked =>
        {
            if (asked is not { Plural: "pods", Verb: "watch" } || !isFirst) return null;
            isFirst = false;
            fleet.Put(it with { Ready = true });
            return Faults[fault];
        };

        var ran = await WaitAsync(fleet);

        Assert.False(isFirst);
        Assert.Equal((0, "1 instance: 1 Live.\n"), (ran.Exit, ran.Output[ran.Output.IndexOf('\n', StringComparison.Ordinal)..][1..]));
    }

    [Fact]
    public async Task Repeated_old_events_huge_objects_and_words_of_a_later_version_change_nothing()
    {
        await using var fleet = await LiveFleet.StartAsync();
        var it = Rolling(fleet);
        var waiting = fleet.RunAsync("verify", "--wait");
        await VerifyTests.PassAsync(fleet, () => fleet.Server.Requests.Contains("watch pods") && fleet.Server.Requests.Contains("watch applications.argoproj.io"), waiting);
        var pods = fleet.Server.Store.After(ServedKind.Find("", "pods")!, 0).Events;
        var application = LiveFleet.Application(it);
        application["metadata"]!["annotations"] = new JsonObject { ["filler"] = new string('x', 4 * 1024 * 1024) };
        application["status"]!["health"]!["status"] = "Radiant";
        application["status"]!["operationState"]!["phase"] = "Succeeded";
        fleet.Put("argoproj.io", "applications", application);
        fleet.Put(it with { Ready = true });
        foreach (var old in pods) fleet.Server.Store.Replay(old);

        await VerifyTests.PassAsync(fleet, () => waiting.IsCompleted, waiting);

        Assert.Equal(0, (await waiting).Exit);
    }

    [Theory]
    [InlineData("applications", "missing right: list applications.argoproj.io in namespace argocd in cluster this (403)")]
    [InlineData("deployments", "missing right: list deployments.apps in cluster this (403)")]
    [InlineData("replicasets", "missing right: list replicasets.apps in cluster this (403)")]
    [InlineData("pods", "missing right: list pods in cluster this (403)")]
    public async Task A_right_that_is_missing_makes_the_verdict_Unknown_and_is_named_and_no_wait_lasts_for_it(string plural, string words)
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());
        fleet.Server.Faults = asked => asked.Plural == plural ? new Fault.Forbidden() : null;

        var ran = await WaitAsync(fleet);

        Assert.Equal(6, ran.Exit);
        Assert.StartsWith($"acme  Unknown       not-readable: {words}\n", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_are_not_needed_and_an_unmapped_destination_is_named()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        var it = fleet.Deploy("acme", fleet.Git.Push());
        fleet.Server.Faults = asked => asked.Plural == "appprojects" ? new Fault.Forbidden() : null;
        Assert.Equal(0, (await fleet.RunAsync("verify")).Exit);

        fleet.Put(it with { Destination = "https://10.9.8.7:6443" });
        Assert.Contains("no setting maps the destination https://10.9.8.7:6443: name its context in cluster.destinations", (await fleet.RunAsync("verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_renewed_while_it_waits_goes_on()
    {
        await using var fleet = await LiveFleet.StartAsync();
        var (file, kube) = (Path.Combine(fleet.Git.Folder, "token"), Path.Combine(fleet.Git.Folder, "kube.yaml"));
        await File.WriteAllTextAsync(file, "sandbox");
        await File.WriteAllTextAsync(kube, (await File.ReadAllTextAsync(kube)).Replace("token: sandbox", $"tokenFile: {file}", StringComparison.Ordinal));
        var it = Rolling(fleet);
        var waiting = fleet.RunAsync("verify", "--wait");
        await VerifyTests.WatchedAsync(fleet, waiting);
        fleet.Server.Tokens["second"] = true;
        await File.WriteAllTextAsync(file + ".new", "second");
        File.Move(file + ".new", file, overwrite: true);
        fleet.Server.Tokens.Remove("sandbox", out _);
        fleet.Put(it with { Ready = true });

        await VerifyTests.PassAsync(fleet, () => waiting.IsCompleted, waiting);

        Assert.Equal(0, (await waiting).Exit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Waiting_for_a_minute_costs_the_same_requests_however_many_wait(int instances)
    {
        await using var fleet = await LiveFleet.StartAsync();
        string[] codes = [.. Enumerable.Range(0, instances).Select(i => $"i{i}")];
        foreach (var code in codes) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        foreach (var code in codes) fleet.Put(new Deployed(code, revision, fleet.HashOf(code)) { Ready = false });

        var ran = await WatchAsync(fleet, "--timeout", "1m");

        Assert.Equal(5, ran.Exit);
        Assert.Equal(5, fleet.Server.Requests.Count(request => request.StartsWith("list ", StringComparison.Ordinal)));
        Assert.InRange(fleet.Server.Requests.Count(request => request.StartsWith("watch ", StringComparison.Ordinal)), 5, 10);
        Assert.DoesNotContain(fleet.Server.Requests, request => request.StartsWith("patch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Argo_CD_that_lags_is_asked_to_look_again_and_that_is_the_only_write()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0");
        var before = fleet.Git.Push();
        fleet.Deploy("acme", before);
        fleet.Git.Overlay("acme", "1.1");
        fleet.Git.Push();

        await WatchAsync(fleet, "--timeout", "2m");

        Assert.Single(fleet.Server.Requests, request => request.StartsWith("patch", StringComparison.Ordinal));
        var application = fleet.Server.Store.Find(ServedKind.Find("argoproj.io", "applications")!, "argocd", "acme")!;
        Assert.Equal("normal", (string?)application["metadata"]!["annotations"]!["argocd.argoproj.io/refresh"]);
    }

    private static Deployed Rolling(LiveFleet fleet)
    {
        fleet.Git.AddInstance("acme");
        var it = new Deployed("acme", fleet.Git.Push(), fleet.HashOf("acme")) { Ready = false };
        fleet.Put(it);
        return it;
    }

    private static async Task<Ran> WatchAsync(LiveFleet fleet, params string[] more)
    {
        var waiting = fleet.RunAsync(["verify", "--wait", .. more]);
        await VerifyTests.WatchedAsync(fleet, waiting);
        await VerifyTests.PassAsync(fleet, () => waiting.IsCompleted, waiting);
        return await waiting;
    }

    private static async Task<Ran> WaitAsync(LiveFleet fleet, params string[] more)
    {
        var waiting = fleet.RunAsync(["verify", "--wait", .. more]);
        await VerifyTests.PassAsync(fleet, () => waiting.IsCompleted, waiting);
        return await waiting;
    }
}
