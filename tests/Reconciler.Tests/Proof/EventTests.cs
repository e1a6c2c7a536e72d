using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Proof;

/// <summary>The end of a change among the Kubernetes Events of its Application, where the settings ask for it.</summary>
public sealed class EventTests
{
    private static readonly ServedKind Kind = ServedKind.Find("", "events")!;

    [Fact]
    public async Task The_end_of_a_change_is_one_event_of_its_application_however_often_it_is_told()
    {
        await using var fleet = await LiveFleet.StartAsync(cluster: ", events: true");
        foreach (var code in (string[])["acme", "beta"]) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        fleet.Put(new Deployed("beta", revision, fleet.HashOf("beta")) { Sync = "OutOfSync", Phase = "Failed", Message = "one or more objects failed to apply" });

        var first = await fleet.RunAsync("verify");
        var told = Events(fleet).ToList();
        fleet.Git.Git("-C", fleet.Git.Remote, "update-ref", "-d", "refs/notes/odoosky-rollouts");
        await fleet.RunAsync("verify");

        Assert.Equal((6, ""), (first.Exit, first.Messages));
        Assert.Equal(2, told.Count);
        Assert.Equal(
            ($"acme.{revision[..12]}.live", "RolloutLive", "Normal", $"acme at commit {revision[..12]}: Live, 3m after the merge."),
            (Text(told[0], "metadata", "name"), Text(told[0], "reason"), Text(told[0], "type"), Text(told[0], "message")));
        Assert.Equal(("RolloutFailed", "Warning"), (Text(told[1], "reason"), Text(told[1], "type")));
        Assert.StartsWith($"beta at commit {revision[..12]}: Failed: sync-failed one or more objects failed to apply. What to do: ", Text(told[1], "message"), StringComparison.Ordinal);
        Assert.Equal(("Application", "argocd", "acme", "app-acme"), (At(told[0], "kind"), At(told[0], "namespace"), At(told[0], "name"), At(told[0], "uid")));
        Assert.Equal(told.Select(one => one.ToJsonString()), Events(fleet).Select(one => one.ToJsonString()));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_written_and_without_the_right_it_is_said()
    {
        await using var fleet = await LiveFleet.StartAsync();
        fleet.Git.AddInstance("acme");
        fleet.Deploy("acme", fleet.Git.Push());
        var (notes, remote) = ("refs/notes/odoosky-rollouts", fleet.Git.Remote);

        await fleet.RunAsync("verify");
        fleet.Git.Git("-C", remote, "update-ref", "-d", notes);
        fleet.Settings($"cluster: {{kubeconfig: kube.yaml, repository: \"{LiveFleet.Repository}\", events: true}}");
        fleet.Server.Faults = asked => asked.Verb == "create" ? new Fault.Forbidden() : null;
        var refused = await fleet.RunAsync("verify");

        Assert.Empty(Events(fleet));
        Assert.Contains("events of the Applications in argocd may not be created: grant create on events there, or set cluster.events to false.", refused.Messages, StringComparison.Ordinal);
        Assert.NotEqual("", fleet.Git.Git("-C", remote, "for-each-ref", notes));
    }

    [Fact]
    public async Task What_one_namespace_refuses_the_next_one_takes()
    {
        await using var fleet = await LiveFleet.StartAsync(cluster: ", events: true, argocdNamespaces: [argocd, team]");
        foreach (var code in (string[])["acme", "beta"]) fleet.Git.AddInstance(code);
        var revision = fleet.Git.Push();
        fleet.Deploy("acme", revision);
        Put(fleet, new Deployed("beta", revision, fleet.HashOf("beta")), "namespace", "team");
        fleet.Server.Faults = asked => asked.Verb == "create" && asked.Namespace == "argocd" ? new Fault.Forbidden() : null;

        var ran = await fleet.RunAsync("verify");

        Assert.Empty(Events(fleet));
        Assert.Equal($"beta.{revision[..12]}.live", Text(Assert.Single(Events(fleet, "team")), "metadata", "name"));
        Assert.Contains("events of the Applications in argocd may not be created", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_with_the_longest_name_has_an_event_whose_name_is_one()
    {
        await using var fleet = await LiveFleet.StartAsync(cluster: ", events: true");
        fleet.Git.AddInstance("acme");
        var revision = fleet.Git.Push();
        Put(fleet, new Deployed("acme", revision, fleet.HashOf("acme")), "name", $"{new string('a', 234)}.{new string('b', 18)}");

        await fleet.RunAsync("verify");

        Assert.Equal($"{new string('a', 234)}.{revision[..12]}.live", Text(Assert.Single(Events(fleet)), "metadata", "name"));
    }

    private static void Put(LiveFleet fleet, Deployed it, string field, string value)
    {
        var application = LiveFleet.Application(it);
        application["metadata"]![field] = value;
        fleet.Put("argoproj.io", "applications", application);
        LiveFleet.PutWorkload(fleet.Server, it);
    }

    private static IEnumerable<JsonObject> Events(LiveFleet fleet, string space = "argocd") => fleet.Server.Store.List(Kind, space).Objects.OrderBy(one => Text(one, "metadata", "name"), StringComparer.Ordinal);

    private static string? At(JsonObject told, string field) => Text(told, "involvedObject", field);

    private static string? Text(JsonNode node, params string[] path) => (string?)path.Aggregate(node, (at, name) => at[name]!);
}
