using System.Globalization;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>A thousand pull requests at once, against GitHub's published limits, with one clock for both sides and our own limits raised.</summary>
public sealed class ThousandTests
{
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromMinutes(1);

    private static bool IsLong => Environment.GetEnvironmentVariable("ODOOSKY_TEST_LONG") is not null;

    [Fact]
    public async Task They_take_as_long_as_the_limits_allow_and_meet_none()
    {
        var count = IsLong ? 1000 : 40;
        var files = Enumerable.Range(0, count).SelectMany(i => HttpFleet.Instance(string.Create(CultureInfo.InvariantCulture, $"i{i:0000}"))).ToArray();
        await using var fleet = await HttpFleet.StartAsync("limits: {openPullRequests: 1000, newPerHour: 1000}\nguards: {changes: 100%, restarts: 100%}\n", files);
        var begun = fleet.Clock.GetUtcNow() + BetweenPasses;

        await fleet.PassAsync();

        var took = (fleet.Clock.GetUtcNow() - begun).TotalSeconds;
        var allowed = Allowed(count);
        Assert.Equal(count, fleet.OpenPulls.Select(pull => pull.HeadBranch).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((count, count), (fleet.Writes.Count(write => write == "POST /pulls 201"), fleet.OpenPulls.Count()));
        Assert.Equal(0, fleet.Hub.Limits.Refused);
        Assert.InRange(took, allowed * 0.95, allowed * 1.05);
    }

    // Each is created and labelled, a second after the write before; of those that notify people, GitHub takes 500 an hour and 80 a minute.
    private static double Allowed(int count) => ((count - 1) / 500 * 3600) + ((((count - 1) % 500) + 1) * 2);
}
