using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Audit;

/// <summary>Why something is as it is, from the same data as the plan and the history.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly StoryFleet story = new();

    public void Dispose() => story.Dispose();

    [Fact]
    public async Task An_instance_is_explained_from_what_is_desired_to_what_to_do_next()
    {
        story.Begin();
        await story.ProposeAsync("2.0");

        var trace = (await story.Fleet.RunAsync("explain", "acme", "-o", "json")).Json;
        var plan = (await story.Fleet.RunAsync("plan", "-o", "json")).Json["instances"]!.AsArray().First(each => (string)each!["code"]! == "acme")!;

        Assert.Equal(["desired", "plan", "guards", "decision", "merged", "rollout", "next"], Steps(trace).Select(step => (string)step!["step"]!));
        Assert.Equal("update: " + (string)plan["sentence"]!, Says(trace, "plan"));
        Assert.Equal("jane@example.com", Evidence(trace, "desired", "requested by"));
        Assert.Equal("leave-alone", Says(trace, "decision"));
        Assert.Equal("odoosky/prod/i-acme", Evidence(trace, "decision", "branch"));
        Assert.Equal(story.Landings[0], Evidence(trace, "merged", "commit"));
        Assert.Equal("not known: there are no notes here", Says(trace, "rollout"));
        Assert.Equal("review and merge odoosky/prod/i-acme", Says(trace, "next"));
    }

    [Fact]
    public async Task A_restart_is_explained_by_the_change_that_caused_it()
    {
        await story.TellAsync();

        var trace = (await story.Fleet.RunAsync("explain", "restart", "acme", "-o", "json")).Json;
        var words = (await story.Fleet.RunAsync("explain", "restart", "acme")).Output;

        Assert.Equal(["merged", "changed", "rollout", "plan", "decision", "next"], Steps(trace).Select(step => (string)step!["step"]!));
        Assert.Equal(story.Landings[^1], Evidence(trace, "merged", "commit"));
        Assert.Equal("web_x 6.0 → 5.5", Says(trace, "changed"));
        Assert.StartsWith("restarts of acme of prod\nmerged    2023-11-14T", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_request_that_no_forge_knows_any_more_is_explained_from_the_history()
    {
        await story.TellAsync();

        var merged = (await story.Fleet.RunAsync("explain", "16", "-o", "json")).Json;
        var unknown = await story.Fleet.RunAsync("explain", "#99");

        Assert.Equal("pull request #16 of prod", (string)merged["about"]!);
        Assert.EndsWith(" merged by ann, pull request #16", Says(merged, "merged"), StringComparison.Ordinal);
        Assert.StartsWith("acme: live since 2023-11-14T", Says(merged, "rollout"), StringComparison.Ordinal);
        Assert.Equal((1, "odoosky: OSG0802: Nobody knows pull request #99 here: there is no such desired instance, overlay or proposal, and the history names none.\n"), (unknown.Exit, unknown.Messages));
    }

    [Theory]
    [InlineData("nobody", "OSG0802")]
    [InlineData("A_B", "OSG0001")]
    [InlineData("acme beta", "OSG0001")]
    [InlineData("restart A_B", "OSG0001")]
    public async Task What_nobody_knows_is_said(string asked, string code)
    {
        story.Begin();

        var ran = await story.Fleet.RunAsync(["explain", .. asked.Split(' ')]);

        Assert.Equal(1, ran.Exit);
        Assert.StartsWith($"odoosky: {code}: ", ran.Messages, StringComparison.Ordinal);
    }

    private static JsonArray Steps(JsonNode trace) => trace["steps"]!.AsArray();

    private static string Says(JsonNode trace, string step) => (string)Steps(trace).First(each => (string)each!["step"]! == step)!["says"]!;

    private static string Evidence(JsonNode trace, string step, string field) =>
        (string)Steps(trace).First(each => (string)each!["step"]! == step)!["evidence"]!.AsArray().First(each => (string)each!["field"]! == field)!["value"]!;
}
