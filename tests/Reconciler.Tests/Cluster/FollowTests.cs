using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Sandbox.Kubernetes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>Lists and watches against the stand-in, with everything that goes wrong on the way.</summary>
public sealed class FollowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_changed_object_is_told_alone()
    {
        await using var world = await World.StartAsync();
        for (var i = 0; i < 7; i++) world.Server.Store.Put(World.Application, Application($"app-{i}", "Synced"));
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);
        await world.UntilAsync(changes, change => change.Reading.ArgoCluster.Applications.Objects.Count == 7);

        world.Server.Store.Put(World.Application, Application("app-3", "OutOfSync"));
        var change = await world.UntilAsync(changes, change => change.Changed.Length > 0 && Sync(change, "app-3") == "OutOfSync");

        Assert.Equal([new ChangedObject("this", ClusterKind.Application, "argocd", "app-3")], change.Changed);
    }

    [Fact]
    public async Task Pages_are_put_together_and_an_expired_page_begins_the_list_anew()
    {
        await using var world = await World.StartAsync(new ClusterLimits { PageSize = 2 });
        for (var i = 0; i < 5; i++) world.Server.Store.Put(World.Application, Application($"app-{i}", "Synced"));
        var expired = 0;
        world.Server.Faults = asked =>
        {
            if (asked.Query["continue"].Count > 0 && expired++ == 0) world.Server.Listing.Expire();
            return null;
        };

        var reading = await world.Rollouts.ReadAsync(Stop);

        Assert.Equal(5, reading.ArgoCluster.Applications.Objects.Count);
        Assert.True(expired > 2);
    }

    [Fact]
    public async Task A_missing_right_is_named_and_spoils_only_its_kind()
    {
        await using var world = await World.StartAsync();
        world.Server.Store.Put(World.Application, Application("oak", "Synced"));
        world.Server.Faults = asked => asked.Plural == "pods" ? new Fault.Forbidden() : null;

        var reading = (await world.Rollouts.ReadAsync(Stop)).ArgoCluster;

        Assert.Equal("missing right: list pods in cluster this (403)", reading.Pods.Trouble);
        Assert.Null(reading.Applications.Trouble);
        Assert.Single(reading.Applications.Objects);
    }

    [Fact]
    public async Task A_right_to_list_without_a_right_to_watch_is_told()
    {
        await using var world = await World.StartAsync();
        world.Server.Faults = asked => asked is { Plural: "deployments", Verb: "watch" } ? new Fault.Forbidden() : null;
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);

        var change = await world.UntilAsync(changes, change => change.Reading.ArgoCluster.Deployments.Trouble is not null);

        Assert.Equal("missing right: watch deployments.apps in cluster this (403)", change.Reading.ArgoCluster.Deployments.Trouble);
    }

    [Fact]
    public async Task A_version_that_is_gone_leads_to_a_new_list()
    {
        await using var world = await World.StartAsync();
        world.Server.Store.Put(World.Application, Application("oak", "Synced"));
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);
        await world.UntilAsync(changes, change => change.Reading.ArgoCluster.Applications.Objects.Count == 1);
        var isGone = true;
        const string gone = """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (9)","reason":"Expired","code":410}}""";
        world.Server.Faults = asked =>
        {
            if (asked is not { Plural: "applications", Verb: "watch" } || !isGone) return null;
            isGone = false;
            world.Server.Store.Put(World.Application, Application("elm", "Synced"));
            return new Fault.Bytes(gone + "\n", Clean: true);
        };

        var change = await world.UntilAsync(changes, change => change.Reading.ArgoCluster.Applications.Objects.Count == 2);

        Assert.Null(change.Reading.ArgoCluster.Applications.Trouble);
        Assert.False(isGone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_a_line_is_no_event_and_the_watch_goes_on(bool clean)
    {
        await using var world = await World.StartAsync();
        var first = true;
        world.Server.Store.Put(World.Application, Application("oak", "Synced"));
        world.Server.Faults = asked =>
        {
            if (asked is not { Plural: "applications", Verb: "watch" } || !first) return null;
            first = false;
            world.Server.Store.Put(World.Application, Application("oak", "OutOfSync"));
            return new Fault.Bytes("""{"type":"DELETED","object":{"metadata":{"name":"oak","names""", clean);
        };
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);

        var change = await world.UntilAsync(changes, change => Sync(change, "oak") == "OutOfSync");

        Assert.Null(change.Reading.ArgoCluster.Applications.Trouble);
    }

    [Fact]
    public async Task A_watch_that_falls_silent_is_listed_again_after_a_minute()
    {
        await using var world = await World.StartAsync();
        var first = true;
        world.Server.Faults = asked =>
        {
            if (asked is not { Plural: "applications", Verb: "watch" } || !first) return null;
            first = false;
            world.Server.Store.Put(World.Application, Application("oak", "Synced"));
            return new Fault.Stall("");
        };
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await changes.MoveNextAsync());
        await Watches.OpenAsync(world);

        var news = changes.MoveNextAsync().AsTask();
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        await Watches.SettleAsync(() => Watches.Count(world, "watch ") == 9);
        Assert.Equal(1, Watches.Count(world, "list applications"));
        for (var seconds = 60; seconds <= 75 && !news.IsCompleted; seconds++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(news, Task.Delay(50, Stop));
        }

        Assert.True(await news.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        Assert.Single(changes.Current.Reading.ArgoCluster.Applications.Objects);
        Assert.Equal(2, Watches.Count(world, "list applications"));
    }

    [Fact]
    public async Task An_object_of_4_MB_and_words_of_a_later_version_are_read()
    {
        await using var world = await World.StartAsync();
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);
        await world.UntilAsync(changes, _ => true);
        var huge = Application("oak", "SyncedTwice");
        huge["metadata"]!["annotations"] = new JsonObject { ["filler"] = new string('x', 4 * 1024 * 1024) };

        world.Server.Store.Put(World.Application, huge);
        var change = await world.UntilAsync(changes, change => Sync(change, "oak") is not null);

        Assert.Equal("SyncedTwice", Sync(change, "oak"));
    }

    [Fact]
    public void Old_and_repeated_events_change_nothing()
    {
        var shelf = new KindShelf<string>(_ => "all");
        var at = DateTimeOffset.UnixEpoch;
        shelf.Replace([new("ns", "a", "10", "ten")], at);

        Assert.False(shelf.Put(new("ns", "a", "10", "again"), at));
        Assert.False(shelf.Put(new("ns", "a", "9", "older"), at));
        Assert.True(shelf.Put(new("ns", "a", "100", "hundred"), at));
        Assert.False(shelf.Remove(new("ns", "a", "99", "older"), at));
        Assert.True(shelf.Remove(new("ns", "a", "101", "gone"), at));
        Assert.False(shelf.Put(new("ns", "a", "100", "late"), at));
        Assert.Empty(shelf.Reading.Objects);
        Assert.Empty(shelf.Reading.Groups);
        Assert.True(shelf.Put(new("ns", "a", "102", "back"), at));
        Assert.Equal(["back"], shelf.Reading.In("all"));
    }

    [Fact]
    public async Task A_quiet_minute_costs_the_same_for_one_instance_and_for_two_hundred()
    {
        Assert.Equal(await QuietMinutesAsync(1), await QuietMinutesAsync(200));
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_is_told_and_throws_nothing()
    {
        var world = await World.StartAsync();
        await world.Server.DisposeAsync();

        var reading = (await world.Rollouts.ReadAsync(Stop)).ArgoCluster;

        Assert.Contains("can't be reached", reading.Applications.Trouble, StringComparison.Ordinal);
        Assert.Contains("can't be reached", reading.Pods.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox", reading.Pods.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_is_asked_for_at_most_every_three_minutes()
    {
        await using var world = await World.StartAsync();
        world.Server.Store.Put(World.Application, Application("oak", "Synced"));
        var before = (await world.Rollouts.ReadAsync(Stop)).ArgoCluster.Applications.Objects[("argocd", "oak")];

        Assert.Equal(RefreshAnswer.Asked, await world.Rollouts.RefreshAsync(before, RefreshKind.Normal, Stop));
        Assert.Equal(RefreshAnswer.TooSoon, await world.Rollouts.RefreshAsync(before, RefreshKind.Normal, Stop));
        var asked = (await world.Rollouts.ReadAsync(Stop)).ArgoCluster.Applications.Objects[("argocd", "oak")];
        Assert.Equal(("normal", world.Clock.GetUtcNow()), (asked.Refresh, asked.RefreshRequestedAt));

        world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(RefreshAnswer.Asked, await world.Rollouts.RefreshAsync(before, RefreshKind.Hard, Stop));
        world.Clock.Advance(TimeSpan.FromMinutes(4)); // two requests moved nothing: the third waits for six minutes
        Assert.Equal(RefreshAnswer.TooSoon, await world.Rollouts.RefreshAsync(before, RefreshKind.Normal, Stop));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(RefreshAnswer.Asked, await world.Rollouts.RefreshAsync(before, RefreshKind.Normal, Stop));
    }

    private static async Task<int> QuietMinutesAsync(int instances)
    {
        await using var world = await World.StartAsync();
        for (var i = 0; i < instances; i++) world.Server.Store.Put(World.Application, Application($"app-{i:000}", "Synced"));
        await using var changes = world.Rollouts.FollowAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await changes.MoveNextAsync());
        await Watches.OpenAsync(world);
        Assert.Equal(instances, changes.Current.Reading.ArgoCluster.Applications.Objects.Count);
        world.Clock.Advance(TimeSpan.FromSeconds(50));
        await Watches.SettleAsync(() => Watches.Count(world, "watch ") == 10);
        return world.Server.Requests.Count;
    }

    private static string? Sync(FleetChange change, string name) =>
        change.Reading.ArgoCluster.Applications.Objects.GetValueOrDefault(("argocd", name))?.Status.Sync.Status;

    private static JsonObject Application(string name, string sync) => new()
    {
        ["metadata"] = new JsonObject { ["namespace"] = "argocd", ["name"] = name },
        ["spec"] = new JsonObject { ["source"] = new JsonObject { ["repoURL"] = "https://git.example/acme/fleet.git", ["path"] = "charts/instance" } },
        ["status"] = new JsonObject { ["sync"] = new JsonObject { ["status"] = sync } },
    };
}
