using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary><c>odoosky drift</c>: each finding once, with class and remedy.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task A_fleet_that_is_as_it_should_be_has_no_drift()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());

        var ran = await fleet.RunAsync("drift", "--detailed-exitcode");

        Assert.Equal((0, "No drift.\n", ""), (ran.Exit, ran.Output, ran.Messages));
    }

    [Fact]
    public async Task What_is_suspended_is_named_and_its_unmet_wish_is_no_finding_but_what_is_broken_is()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Git.AddInstance("globex");
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        fleet.Deploy("globex", revision);
        await fleet.RunAsync("suspend", "acme", "--reason", "PostgreSQL upgrade", "--by", "Jane Doe");

        var quiet = await fleet.RunAsync("drift", "--detailed-exitcode");
        fleet.Put(new Deployed("acme", revision, fleet.HashOf("acme")) { TargetRevision = "feature" });
        var broken = await fleet.RunAsync("drift", "--detailed-exitcode");

        Assert.Equal((0, "suspended, so left alone\n  acme  Suspended by Jane Doe: PostgreSQL upgrade.\nNo drift.\n", ""), (quiet.Exit, quiet.Output, quiet.Messages));
        Assert.Equal(2, broken.Exit);
        Assert.Contains("  acme  wrong-branch: The Application acme deploys feature, not main. Suspended by Jane Doe: PostgreSQL upgrade.\n", broken.Output, StringComparison.Ordinal);
        var json = (await fleet.RunAsync("drift", "-o", "json")).Json;
        Assert.Equal("acme", (string?)Assert.Single(json["suspended"]!.AsArray())!["code"]);
    }

    [Fact]
    public async Task Each_kind_of_drift_is_found_once_with_its_class()
    {
        await using var fleet = await LiveFleet.StartAsync();
        foreach (var code in (string[])["bent", "branch", "edited", "moved", "oldhash", "paused", "poured", "stuck", "fine", "well"]) fleet.Git.AddInstance(code);
        fleet.Git.AddInstance("alone");
        fleet.Git.AddInstance("wished", "1.0", wished: "1.1");
        fleet.Git.Overlay("nowish", "1.0");
        var revision = fleet.Git.Push();
        foreach (var code in (string[])["fine", "well", "wished", "nowish"]) fleet.Deploy(code, revision);
        Deployed Of(string code) => new(code, revision, fleet.HashOf(code));
        fleet.Put(Of("bent") with { LiveHash = "1111111111111111", Sync = "OutOfSync" });
        fleet.Put(Of("branch") with { TargetRevision = "feature" });
        fleet.Put(Of("edited") with { Sync = "OutOfSync" });
        fleet.Put(Of("oldhash") with { LiveHash = "2222222222222222" });
        fleet.Put(Of("poured") with { LiveHash = "3333333333333333", Helm = ",\"parameters\":[{\"name\":\"addons[0].version\",\"value\":\"9\"}]" });
        fleet.Put(Of("stuck") with { Sync = "OutOfSync", Phase = "Failed", Message = "no" });
        var paused = LiveFleet.Deployment(Of("paused"));
        paused["spec"]!["paused"] = true;
        fleet.Put(Of("paused"));
        fleet.Put("apps", "deployments", paused);
        fleet.Put(Of("moved"));
        var second = LiveFleet.ReplicaSet(Of("moved") with { At = 5 });
        second["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"] = LiveFleet.Time(5);
        fleet.Put("apps", "replicasets", second);
        var moved = LiveFleet.Deployment(Of("moved"));
        moved["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"] = "5";
        fleet.Put("apps", "deployments", moved);
        fleet.Put("", "pods", LiveFleet.Pod(Of("moved") with { At = 5 }));
        fleet.Put(new Deployed("ghost", revision, "4444444444444444"));
        fleet.Clock.Advance(TimeSpan.FromMinutes(4));

        var ran = await fleet.RunAsync("drift", "--detailed-exitcode", "-o", "json");

        Assert.Equal(
            [
                "desired-base not-proposed wished", "base-argocd wrong-branch branch", "base-argocd overridden poured", "argocd-live live-hash-differs oldhash",
                "argocd-live sync-failed stuck", "live-live edited-deployment bent", "live-live live-drift edited", "live-live unexpected-restart moved",
                "live-live deployment-paused paused", "orphan overlay-without-wish nowish", "orphan overlay-without-application alone",
                "orphan application-without-overlay argocd/ghost", "orphan deployment-without-overlay odoo-ghost/ghost-odoo",
            ],
            Found(ran));
        Assert.Equal(2, ran.Exit);
        Assert.All(ran.Json["findings"]!.AsArray(), found => Assert.NotEmpty((string)found!["remedy"]!));
        var text = await fleet.RunAsync("drift");
        Assert.Equal(0, text.Exit);
        Assert.Contains("base ↔ what Argo CD renders\n  branch  wrong-branch: The Application branch deploys feature, not main.\n      mend targetRevision of its source\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_that_is_pinned_beside_the_overlay_is_no_wrong_branch()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        var it = fleet.Deploy("acme", fleet.Git.Push());
        foreach (var (branch, found) in new[] { ("main", Array.Empty<string>()), ("feature", ["base-argocd wrong-branch acme"]) })
        {
            fleet.Put("argoproj.io", "applications", TwoSources(it, "v1.4.0", branch));

            Assert.Equal(found, Found(await fleet.RunAsync("drift", "-o", "json")));
        }
    }

    private static JsonObject TwoSources(Deployed it, string chart, string overlay)
    {
        var application = LiveFleet.Application(it);
        JsonArray sources =
        [
            new JsonObject
            {
                ["repoURL"] = LiveFleet.Repository, ["path"] = "charts/instance", ["targetRevision"] = chart,
                ["helm"] = new JsonObject { ["valueFiles"] = new JsonArray($"$values/instances/{it.Code}/values.yaml") },
            },
            new JsonObject { ["repoURL"] = LiveFleet.Repository, ["targetRevision"] = overlay, ["ref"] = "values" },
        ];
        foreach (var place in (JsonObject[])[application["spec"]!.AsObject(), application["status"]!["sync"]!["comparedTo"]!.AsObject()])
        {
            place.Remove("source");
            place["sources"] = sources.DeepClone();
        }

        JsonArray Both() => [it.Revision, it.Revision];
        application["status"]!["sync"]!["revisions"] = Both();
        application["status"]!["operationState"]!["operation"]!["sync"]!["revisions"] = Both();
        application["status"]!["history"]![0]!["revisions"] = Both();
        return application;
    }

    [Fact]
    public async Task A_chart_that_computes_the_hash_otherwise_is_one_finding_and_no_thousand_alarms()
    {
        await using var fleet = await LiveFleet.StartAsync();
        string[] codes = ["a1", "a2", "a3", "a4", "a5"];
        foreach (var code in codes) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        foreach (var code in codes[..3]) fleet.Put(new Deployed(code, revision, fleet.HashOf(code)) { LiveHash = "aaaaaaaaaaaaaaaa" });
        foreach (var code in codes[3..]) fleet.Deploy(code, revision);

        var ran = await fleet.RunAsync("drift", "-o", "json");
        Assert.Equal(["calibration hash-computed-otherwise "], Found(ran));
        Assert.StartsWith("The chart no longer computes the hash this way: 3 of 5 instances", (string?)ran.Json["findings"]![0]!["text"], StringComparison.Ordinal);

        fleet.Deploy("a3", revision);
        Assert.Equal(["argocd-live live-hash-differs a1", "argocd-live live-hash-differs a2"], Found(await fleet.RunAsync("drift", "-o", "json")));
    }

    [Fact]
    public async Task An_edit_of_base_and_an_open_proposal_are_told_apart_and_an_edit_is_told_once()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Git.Push();
        await fleet.RunAsync("apply");
        Assert.Equal(["base-proposal open-proposal acme"], Found(await fleet.RunAsync("drift", "-o", "json"), "desired-base", "base-proposal"));
        await fleet.RunAsync("merge", "odoosky/prod/i-acme");
        fleet.Git.Git("-C", fleet.Git.Work, "pull", "--quiet", "origin", "main");
        fleet.Git.Overlay("acme", "7.7");
        fleet.Git.Push();
        await fleet.RunAsync("apply");

        Assert.Equal(["desired-base edited-on-base acme"], Found(await fleet.RunAsync("drift", "-o", "json"), "desired-base", "base-proposal"));
    }

    [Fact]
    public async Task A_branch_that_a_person_edited_and_one_that_is_out_of_date_are_told_apart()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0", wished: "1.1");
        fleet.Git.AddInstance("beta", "1.0", wished: "1.1");
        fleet.Git.Push();
        await fleet.RunAsync("apply");
        fleet.Git.Git("-C", fleet.Git.Work, "fetch", "--quiet", "origin", "odoosky/prod/i-acme");
        fleet.Git.Git("-C", fleet.Git.Work, "checkout", "--quiet", "--detach", "FETCH_HEAD");
        fleet.Git.Git("-C", fleet.Git.Work, "commit", "--quiet", "--allow-empty", "--message", "A person's own commit");
        fleet.Git.Git("-C", fleet.Git.Work, "push", "--quiet", "origin", "HEAD:odoosky/prod/i-acme");
        fleet.Git.Git("-C", fleet.Git.Work, "checkout", "--quiet", "main");
        fleet.Git.AddInstance("beta", "1.0", wished: "1.2");
        fleet.Git.Push();

        var ran = await fleet.RunAsync("drift", "-o", "json");

        Assert.Equal(["base-proposal edited-branch acme", "base-proposal stale-proposal beta"], Found(ran, "desired-base", "base-proposal"));
    }

    [Fact]
    public async Task An_Application_that_reads_another_repository_does_not_deploy_the_overlay()
    {
        await using var fleet = await LiveFleet.StartAsync(", applicationName: \"{code}\"");
        fleet.Git.AddInstance("acme");
        var application = LiveFleet.Application(fleet.Deploy("acme", fleet.Git.Push()));
        application["spec"]!["source"]!["repoURL"] = "https://git.example/acme/another.git";
        fleet.Put("argoproj.io", "applications", application);

        Assert.Equal(["base-argocd no-matching-source acme"], Found(await fleet.RunAsync("drift", "-o", "json"), "base-argocd", "argocd-live", "live-live", "unknown"));
    }

    [Fact]
    public async Task An_Application_that_stays_on_an_older_revision_is_drift_once_it_should_have_looked()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme", "1.0");
        fleet.Deploy("acme", fleet.Git.Push());
        fleet.Git.AddInstance("acme", "1.1");
        fleet.Git.Push();

        var soon = await fleet.RunAsync("drift", "-o", "json");
        fleet.Clock.Advance(TimeSpan.FromHours(1));
        var late = await fleet.RunAsync("drift", "-o", "json");

        Assert.Empty(Found(soon));
        Assert.Equal(["argocd-live not-compared acme"], Found(late));
        Assert.Contains("Stalled: not-compared", (string?)late.Json["findings"]![0]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cluster_it_says_that_it_looked_at_Git_alone_and_what_it_can_not_see_is_no_drift()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());
        fleet.Server.Faults = asked => asked.Plural == "pods" ? new OdooSky.GitOps.Sandbox.Kubernetes.Fault.Forbidden() : null;

        var half = await fleet.RunAsync("drift", "--detailed-exitcode", "-o", "json");
        fleet.Settings("base: main");
        var none = await fleet.RunAsync("drift", "--detailed-exitcode");

        Assert.Equal(["unknown not-readable acme"], Found(half));
        Assert.Equal(6, half.Exit);
        Assert.Contains("missing right: list pods in cluster this (403)", (string?)half.Json["findings"]![0]!["text"], StringComparison.Ordinal);
        Assert.Equal((0, "No drift.\n"), (none.Exit, none.Output));
        Assert.StartsWith("No cluster is named, so what runs was not looked at", none.Messages, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Found(Ran ran, params string[] classes) => ran.Json["findings"]!.AsArray()
        .Where(found => classes.Length == 0 || classes.Contains((string?)found!["class"])).Select(found => $"{found!["class"]} {found["finding"]} {found["subject"]}");
}
