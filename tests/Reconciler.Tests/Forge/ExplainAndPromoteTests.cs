using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>Explanations and promotions where people decide on a forge.</summary>
public sealed class ExplainAndPromoteTests
{
    [Fact]
    public async Task A_pull_request_is_explained_while_it_is_open_and_once_it_was_declined()
    {
        await using var fleet = await HttpFleet.StartAsync("", HttpFleet.Instance("acme"));
        await fleet.PassAsync();
        var number = fleet.OpenPulls.Single().Number;

        var open = (await fleet.RunAsync("explain", $"#{number}", "-o", "json")).Json;
        await fleet.People.CloseAsync("jane", number, HttpFleet.Cancel);
        var declined = (await fleet.RunAsync("explain", $"{number}", "-o", "json")).Json;
        var instance = (await fleet.RunAsync("explain", "acme", "-o", "json")).Json;

        Assert.Equal(["proposal", "plan", "decision"], Steps(open));
        Assert.StartsWith("acme: update: ", Says(open, "plan"), StringComparison.Ordinal);
        Assert.Equal("leave-alone", Says(open, "decision"));
        Assert.StartsWith("closed: ", Says(declined, "proposal"), StringComparison.Ordinal);
        Assert.Equal($"acme: declined: declined: #{number} was closed without a merge", Says(declined, "decision"));
        Assert.Equal("to have it proposed again: odoosky pr reopen acme", Says(instance, "next"));
    }

    [Fact]
    public async Task A_promotion_is_one_pull_request_of_its_own_that_no_pass_takes_for_an_overlay_s()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme", "2.0", "2.0"), .. HttpFleet.Instance("beta", "1.0", "1.0")]);
        string[] promote = ["promote", "--from", "acme", "--to", "beta", "--force", "--reason", "Try it", "--yes"];

        var made = await fleet.RunAsync(promote);
        var again = await fleet.RunAsync(promote);
        var writes = fleet.Writes.ToList();
        await fleet.PassAsync();
        var pull = fleet.OpenPulls.Single();
        await fleet.People.MergeAsync("jane", pull.Number, "merge", HttpFleet.Cancel);
        await fleet.PassAsync();

        Assert.Equal((0, 0), (made.Exit, again.Exit));
        Assert.Empty(writes);
        Assert.Equal(("odoosky-promotions/prod.beta", "main", "odoosky(prod): promote 1 addon from acme to beta"), (pull.HeadBranch, pull.BaseBranch, pull.Title));
        Assert.Contains("| `~ web_x 1.0 → 2.0` |", pull.Body, StringComparison.Ordinal);
        Assert.Equal(["i-beta"], fleet.Branches());
        Assert.Contains("Promoted from acme at hash ", fleet.OpenPulls.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promotion_goes_to_the_branch_of_the_desired_state_where_that_has_its_own()
    {
        await using var fleet = await HttpFleet.StartAsync("", [.. HttpFleet.Instance("acme", "2.0", "2.0"), .. HttpFleet.Instance("beta", "1.0", "1.0")]);
        await fleet.CommitAsync("wishes", "Wish", ("desired/README.md", "wishes"));
        fleet.More = "    desired: {branch: wishes}";
        string[] promote = ["promote", "--from", "acme", "--to", "beta", "--force", "--reason", "Try it", "--yes"];

        var made = await fleet.RunAsync(promote);
        var again = await fleet.RunAsync(promote);
        var writes = fleet.Writes.ToList();
        var pull = fleet.OpenPulls.Single();
        await fleet.People.MergeAsync("jane", pull.Number, "merge", HttpFleet.Cancel);
        await fleet.PassAsync();

        Assert.Equal((0, 0), (made.Exit, again.Exit));
        Assert.Empty(writes);
        Assert.Equal(("odoosky-promotions/prod.beta", "wishes"), (pull.HeadBranch, pull.BaseBranch));
        Assert.Equal("main", fleet.OpenPulls.Single().BaseBranch);
        Assert.Equal(["i-beta"], fleet.Branches());
    }

    private static IEnumerable<string> Steps(JsonNode trace) => trace["steps"]!.AsArray().Select(step => (string)step!["step"]!);

    private static string Says(JsonNode trace, string step) => (string)trace["steps"]!.AsArray().First(each => (string)each!["step"]! == step)!["says"]!;
}
