namespace OdooSky.GitOps.Reconciler.Tests.GitHubStandIn;

/// <summary>A clock that goes when told to.</summary>
internal sealed class Clock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Go(TimeSpan time) => now += time;
}
