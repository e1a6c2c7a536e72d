using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>A change of the whole fleet, ring by ring, over HTTP.</summary>
public sealed class WaveTests
{
    private static readonly string[] Main = ["bern", "cork", "dover"];

    [Fact]
    public async Task The_next_ring_opens_once_the_one_before_is_merged_and_has_soaked_and_no_more_than_the_hour_may_bear()
    {
        await using var fleet = await StartAsync("maxRestartsPerHour: 2");

        Assert.Equal(["i-acme"], await OpenAfterPassAsync(fleet));
        await fleet.SetWishAsync("extra", "1.1", "labels: {ring: canary}\n");
        Assert.Equal(["i-acme", "i-extra"], await OpenAfterPassAsync(fleet));
        await MergeAsync(fleet, "i-acme");
        Assert.Equal(["i-extra"], await OpenAfterPassAsync(fleet));
        await MergeAsync(fleet, "i-extra");
        Assert.Empty(await OpenAfterPassAsync(fleet));
        fleet.Clock.Go(TimeSpan.FromMinutes(30));
        Assert.Equal(["i-bern", "i-cork"], await OpenAfterPassAsync(fleet));
        Assert.Equal(["i-bern", "i-cork"], await OpenAfterPassAsync(fleet));
        Assert.Empty(fleet.Writes);
        await MergeAsync(fleet, "i-bern");
        await MergeAsync(fleet, "i-cork");
        Assert.Empty(await OpenAfterPassAsync(fleet));
        fleet.Clock.Go(TimeSpan.FromHours(1));
        Assert.Equal(["i-dover"], await OpenAfterPassAsync(fleet));
    }

    [Fact]
    public async Task A_declined_change_of_the_first_ring_holds_the_second_and_says_so()
    {
        await using var fleet = await StartAsync("maxRestartsPerHour: 2");
        await fleet.PassAsync();
        await fleet.People.CloseAsync("jane", 1, HttpFleet.Cancel);

        Assert.Empty(await OpenAfterPassAsync(fleet));
        Assert.Matches("bern +waits for the ring canary: the same change is not merged there", (await fleet.RunAsync("pr", "list")).Output);
    }

    [Fact]
    public async Task A_frozen_ring_opens_nothing_and_goes_on_when_the_window_ends_in_its_own_zone()
    {
        // 8:00 UTC on 2 November is 9:00 in Zurich.
        await using var fleet = await StartAsync("freeze: [{from: \"09:00\", to: \"11:00\"}]");
        fleet.More = "    schedule: {timeZone: Europe/Zurich}";
        await fleet.PassAsync();
        await MergeAsync(fleet, "i-acme");
        fleet.Clock.Go(TimeSpan.FromMinutes(31));

        Assert.Empty(await OpenAfterPassAsync(fleet));
        fleet.Clock.Go(TimeSpan.FromMinutes(90));
        Assert.Equal(["i-bern", "i-cork", "i-dover"], await OpenAfterPassAsync(fleet));
    }

    private static async Task<HttpFleet> StartAsync(string main)
    {
        var files = Main.SelectMany(code => HttpFleet.Instance(code)).Concat(HttpFleet.Instance("acme", more: "labels: {ring: canary}\n"));
        return await HttpFleet.StartAsync(
            $"rings: [{{name: canary, selector: ring=canary, soak: 30m}}, {{name: main, {main}}}]\nguards: {{changes: 100%, restarts: 100%}}\n",
            [.. files, .. HttpFleet.Instance("extra", wished: "1.0", more: "labels: {ring: canary}\n")]);
    }

    private static async Task<IEnumerable<string>> OpenAfterPassAsync(HttpFleet fleet)
    {
        await fleet.PassAsync();
        return fleet.OpenPulls.Select(pull => pull.HeadBranch["odoosky/prod/".Length..]).Order(StringComparer.Ordinal);
    }

    private static async Task MergeAsync(HttpFleet fleet, string branch) =>
        Assert.NotNull(await fleet.People.MergeAsync("jane", fleet.OpenPulls.Single(pull => pull.HeadBranch.EndsWith(branch, StringComparison.Ordinal)).Number, "squash", HttpFleet.Cancel));
}
