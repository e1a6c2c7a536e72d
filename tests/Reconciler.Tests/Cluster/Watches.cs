using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>What the reader has asked of the server, and how far its watches are.</summary>
internal static class Watches
{
    /// <summary>Waits, while no time passes, until all five kinds are watched and the reader's limit on silence runs for each.</summary>
    public static Task OpenAsync(World world) => SettleAsync(() =>
        Count(world, "watch ") == 5 && world.Clock.Waiting(TimeSpan.FromSeconds(60), again: true) == 5);

    /// <summary>How many requests began so.</summary>
    public static int Count(World world, string begin) => world.Server.Requests.Count(request => request.StartsWith(begin, StringComparison.Ordinal));

    /// <summary>Waits until something holds, at most half a minute.</summary>
    public static async Task SettleAsync(Func<bool> holds)
    {
        for (var i = 0; i < 1500 && !holds(); i++) await Task.Delay(20);
        Assert.True(holds());
    }
}
