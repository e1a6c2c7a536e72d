using OdooSky.GitOps.Reconciler.Passes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>From a change of the wish to the merge, over HTTP from end to end.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task One_pull_request_is_opened_per_group_and_the_next_pass_writes_nothing()
    {
        await using var fleet = await HttpFleet.StartAsync("labels: [odoosky, fleet]\n", [.. HttpFleet.Instance("acme"), .. HttpFleet.Instance("globex")]);

        var report = await fleet.PassAsync();
        string[] writes = [.. fleet.Writes];
        await fleet.PassAsync();
        string[] second = [.. fleet.Writes];
        await fleet.RestartAsync(elsewhere: true);
        await fleet.PassAsync();

        Assert.Equal([BranchOutcome.Opened, BranchOutcome.Opened], report.Branches.Select(branch => branch.Outcome));
        Assert.Equal($"{fleet.Hub.Address}/acme/fleet/pull/1", report.Branches[0].Receipt?.Location);
        Assert.Equal(
            ["POST git-receive-pack 200", "POST /pulls 201", "POST /issues/{issue_number}/labels 200", "POST /pulls 201", "POST /issues/{issue_number}/labels 200"],
            writes);
        Assert.Empty(second.Concat(fleet.Writes));
        Assert.Equal(["fleet", "odoosky"], fleet.Pull(1).Labels.Order(StringComparer.Ordinal));
        Assert.Equal("odoosky(prod): acme ~1 addon", fleet.Pull(1).Title);
        Assert.StartsWith("<!-- odoosky:begin -->\nChanges 1 overlay; merging it **restarts 1 of 2 instances**.", fleet.Pull(1).Body);
    }
}
