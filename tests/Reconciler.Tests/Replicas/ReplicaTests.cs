using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Reconciler.Tests.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Replicas;

/// <summary>Three replicas as people run them: real processes, a real PostgreSQL, a real repository, real signals.</summary>
public sealed partial class ReplicaTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Why = "takes a minute: ./test --long";

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    [Fact]
    public async Task Three_replicas_share_targets_and_two_take_over_what_a_killed_one_was_doing()
    {
        string[] targets = ["prod", "stage", "test", "demo"];
        await using var fleet = await ReplicaFleet.MakeAsync(server, "killed", targets);
        RunningReplica[] all = [fleet.Start(), fleet.Start(), fleet.Start()];
        foreach (var replica in all) await fleet.ReadyAsync(replica);
        foreach (var target in targets) await fleet.HolderAsync(target, all);
        await ReplicaFleet.UntilAsync(() => Task.FromResult(targets.All(target => fleet.Proposed(target) is not null)), () => "not every target was proposed:\n" + fleet.Git.Refs());
        var holder = await fleet.HolderAsync("prod", all);
        RunningReplica[] others = [.. all.Except([holder])];

        Assert.Contains("prod         unchanged in ", await fleet.NowAsync(others[0], "prod"), StringComparison.Ordinal);
        await ReplicaFleet.UntilAsync(async () => await SumAsync(fleet, all) == 4, () => "the replicas do not have the four targets among them");
        await ReplicaFleet.UntilAsync(async () => (await PageAsync(fleet, others[0], "prod")).Read is not null, () => "a replica did not read a target that another works on");
        Assert.StartsWith(holder.Name, (await PageAsync(fleet, others[0], "prod")).Replica, StringComparison.Ordinal);
        fleet.Wish("prod", "1.2");
        await fleet.HoldUpAsync("prod");
        var asked = fleet.NowAsync(others[0], "prod");
        await fleet.HeldUpAsync();
        var before = fleet.Proposed("prod");
        await holder.Process.SignalAsync("KILL");

        Assert.Contains("prod         changed in ", await asked, StringComparison.Ordinal);
        var after = fleet.Proposed("prod");
        Assert.NotEqual(before, after);
        await fleet.LetGoAsync();
        Assert.Contains(await fleet.HolderAsync("prod", others), others);
        Assert.Contains("prod         unchanged in ", await fleet.NowAsync(others[1], "prod"), StringComparison.Ordinal);
        Assert.Equal(after, fleet.Proposed("prod"));
        await fleet.NothingRanTwiceAsync();
    }

    [Fact]
    public async Task Whatever_befalls_replicas_every_target_ends_with_the_one_proposal_that_was_wished_last()
    {
        Assert.SkipUnless(IsLong, Why);
        string[] targets = ["prod", "stage", "test"];
        await using var fleet = await ReplicaFleet.MakeAsync(server, "befalls", targets);
        List<RunningReplica> living = [fleet.Start(), fleet.Start(), fleet.Start()];
        foreach (var replica in living) await fleet.ReadyAsync(replica);
        var dice = new Random(20261126);
        for (var round = 1; round <= 12; round++)
        {
            foreach (var target in targets) fleet.Wish(target, $"2.{round}");
            var asked = targets.Select(target => fleet.NowAsync(living[1], target)).ToList();
            await Task.Delay(dice.Next(2500), TestContext.Current.CancellationToken);
            var one = living[dice.Next(2) * 2];
            switch (round % 4)
            {
                case 0:
                    await one.Process.SignalAsync("KILL");
                    break;
                case 1:
                    await one.Process.SignalAsync("STOP");
                    await Task.Delay(12_000, TestContext.Current.CancellationToken);
                    await one.Process.SignalAsync("CONT");
                    break;
                case 2:
                    Assert.True(await one.Process.EndAsync("TERM") == 0, one.Process.Log);
                    break;
                default:
                    await server.StopAsync();
                    await server.StartAsync();
                    break;
            }

            await Task.WhenAll(asked);
            if (round % 4 is 0 or 2)
            {
                living[living.IndexOf(one)] = fleet.Start();
                foreach (var replica in living) await fleet.ReadyAsync(replica);
            }

            foreach (var target in targets)
            {
                var branch = $"odoosky/{target}/i-{target}";
                await ReplicaFleet.UntilAsync(() => Task.FromResult(fleet.Git.Show(branch, $"instances/{target}/values.yaml").Contains($"\"2.{round}\"", StringComparison.Ordinal)), () => $"round {round}: {target} was not proposed anew");
                Assert.Equal("1", fleet.Git.Git("-C", fleet.Git.Remote, "rev-list", "--count", "main.." + branch));
            }
        }

        Assert.Equal(4, fleet.Git.Refs().Split('\n').Length);
        foreach (var target in targets) Assert.Matches($"^{target} +unchanged in ", await fleet.NowAsync(living[0], target));
    }

    [Fact]
    public async Task A_replica_that_was_stopped_in_the_midst_of_a_push_does_no_harm_when_it_goes_on()
    {
        Assert.SkipUnless(IsLong, Why);
        await using var fleet = await ReplicaFleet.MakeAsync(server, "stopped", "prod", "stage");
        RunningReplica[] all = [fleet.Start(), fleet.Start()];
        foreach (var replica in all) await fleet.ReadyAsync(replica);
        await ReplicaFleet.UntilAsync(() => Task.FromResult(fleet.Proposed("prod") is not null), () => "prod was not proposed");
        var holder = await fleet.HolderAsync("prod", all);
        var other = all.Single(replica => replica != holder);
        fleet.Wish("prod", "1.2");
        var main = fleet.Git.Git("-C", fleet.Git.Remote, "rev-parse", "main");

        await fleet.HoldUpAsync("prod");
        var asked = fleet.NowAsync(other, "prod");
        await fleet.HeldUpAsync();
        await holder.Process.SignalAsync("STOP");
        Assert.Contains("prod         changed in ", await asked, StringComparison.Ordinal);
        var taken = fleet.Proposed("prod");
        await fleet.LetGoAsync();
        await holder.Process.SignalAsync("CONT");

        await holder.Process.SaysAsync(line => (string?)line["job"] == "reconcile" && (string?)line["target"] == "prod" && (string?)line["event"] is "ran" or "failed");
        Assert.Equal(taken, fleet.Proposed("prod"));
        Assert.Equal(2, (await Task.WhenAll(all.Select(async replica => await fleet.NowAsync(replica, "prod")))).Count(said => said.StartsWith("prod         unchanged in ", StringComparison.Ordinal)));
        Assert.Equal(taken, fleet.Proposed("prod"));
        Assert.Equal("1", fleet.Git.Git("-C", fleet.Git.Remote, "rev-list", "--count", "main..odoosky/prod/i-prod"));
        Assert.Equal(main, fleet.Git.Git("-C", fleet.Git.Remote, "rev-parse", "main"));
        Assert.Equal(["main", "odoosky/prod/i-prod", "odoosky/stage/i-stage"], fleet.Git.Refs().Split('\n').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task Replicas_live_through_a_database_that_goes_and_comes_back_and_one_that_starts_meanwhile_waits_for_it()
    {
        Assert.SkipUnless(IsLong, Why);
        await using var fleet = await ReplicaFleet.MakeAsync(server, "away", "prod", "stage");
        RunningReplica[] all = [fleet.Start(), fleet.Start()];
        foreach (var replica in all) await fleet.ReadyAsync(replica);
        await ReplicaFleet.UntilAsync(() => Task.FromResult(fleet.Proposed("prod") is not null && fleet.Proposed("stage") is not null), () => "not all was proposed");

        await server.StopAsync();
        var late = fleet.Start();
        late.Address = await late.Process.AddressAsync();
        await late.Process.SaysAsync(line => (string?)line["event"] == "trouble" && ((string)line["text"]!).StartsWith("OSG0190", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "[-] starting: OSG0190: the replicas' database does not answer\nreadyz failed\n"), await fleet.AskAsync(late, "readyz"));
        Assert.Equal(HttpStatusCode.OK, (await fleet.AskAsync(late, "livez")).Status);
        await ReplicaFleet.UntilAsync(async () => (await fleet.AskAsync(all[0], "readyz")).Text.Contains("OSG0190", StringComparison.Ordinal), () => "nobody noticed");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], new[] { (await fleet.AskAsync(all[0], "readyz")).Status, (await fleet.AskAsync(all[0], "livez")).Status });
        Assert.Contains("503", await fleet.NowAsync(all[0], "prod"), StringComparison.Ordinal);

        fleet.Wish("prod", "1.2");
        await server.StartAsync();
        await fleet.ReadyAsync(late);
        await all[0].Process.SaysAsync(line => (string?)line["text"] == "the replicas' database answers again");
        foreach (var replica in fleet.Replicas) Assert.Matches("^prod         (un)?changed in ", await fleet.NowAsync(replica, "prod"));
        Assert.Contains("1.2", fleet.Git.Show("odoosky/prod/i-prod", "instances/prod/values.yaml"), StringComparison.Ordinal);
        foreach (var replica in fleet.Replicas) Assert.True(await replica.Process.EndAsync("TERM") == 0, replica.Process.Log);
        Assert.DoesNotContain(PostgresServer.Password, string.Concat(fleet.Replicas.Select(replica => replica.Process.Log)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_rolling_upgrade_with_a_new_target_none_is_lost_or_run_twice()
    {
        Assert.SkipUnless(IsLong, Why);
        await using var fleet = await ReplicaFleet.MakeAsync(server, "rolling", "prod", "stage");
        fleet.Settings("new.yaml", "prod", "stage", "fresh");
        RunningReplica[] old = [fleet.Start(), fleet.Start()];
        foreach (var replica in old) await fleet.ReadyAsync(replica);
        fleet.Add("fresh");

        var first = fleet.Start("new.yaml");
        await fleet.ReadyAsync(first);
        Assert.True(await old[0].Process.EndAsync("TERM") == 0, old[0].Process.Log);
        Assert.Same(first, await fleet.HolderAsync("fresh", first));
        await ReplicaFleet.UntilAsync(() => Task.FromResult(fleet.Proposed("fresh") is not null), () => "fresh was not proposed");
        var second = fleet.Start("new.yaml");
        await fleet.ReadyAsync(second);
        Assert.True(await old[1].Process.EndAsync("TERM") == 0, old[1].Process.Log);

        foreach (var target in (string[])["prod", "stage", "fresh"])
        {
            await fleet.HolderAsync(target, first, second);
            Assert.Matches($"^{target} +unchanged in ", await fleet.NowAsync(first, target));
            Assert.Equal("1", await fleet.SqlAsync($"SELECT count(*) FROM odoosky_qrtz_triggers WHERE job_name = '{target}' AND trigger_name = 'Reconcile'"));
        }

        await fleet.NothingRanTwiceAsync();
    }

    [Fact]
    public async Task How_a_run_failed_is_told_to_others_without_what_must_not_be_shown()
    {
        await server.SqlAsync("postgres", "CREATE DATABASE words");
        using var fleet = new TestFleet();
        var (secrets, failed) = (new Secrets(), new TaskCompletionSource<string?>());
        secrets.Add("hidden-word-1");
        var served = new ServedTarget(TargetWorkTests.Resolve(fleet, Path.Combine(fleet.Folder, "hidden-word-1.git")), new ScheduleSettings { Reconcile = "1d" });
        await using var duty = new Duty(new Board(), TimeProvider.System, secrets, told => failed.TrySetResult(told.Run.Failure));

        await duty.StartAsync(new ClockworkPlace(server.ConnectionString("words"), "one"), [served], TestContext.Current.CancellationToken);

        Assert.Contains("hidden-word-1", await failed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var row = string.Empty;
        await ReplicaFleet.UntilAsync(async () => (row = await server.SqlAsync("words", "SELECT failure FROM odoosky_runs WHERE failure IS NOT NULL LIMIT 1")).Length > 0, () => "no run was told");
        Assert.Contains("***.git", row, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word-1", row, StringComparison.Ordinal);
        Assert.True(await duty.StopAsync(TimeSpan.FromSeconds(20), CancellationToken.None));
    }

    private static async Task<(string? Replica, string? Read)> PageAsync(ReplicaFleet fleet, RunningReplica replica, string name)
    {
        var target = JsonNode.Parse((await fleet.AskAsync(replica, "index.json")).Text)!["targets"]!.AsArray().Single(each => (string?)each!["name"] == name)!;
        return ((string?)target["replica"], (string?)target["readHere"]);
    }

    private static async Task<int> SumAsync(ReplicaFleet fleet, RunningReplica[] all) =>
        (await Task.WhenAll(all.Select(async replica => Here().Match((await fleet.AskAsync(replica, "metrics")).Text).Groups[1].Value))).Sum(int.Parse);

    [GeneratedRegex(@"(?m)^odoosky_targets_here (\d+)$")]
    private static partial Regex Here();
}
