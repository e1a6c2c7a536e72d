using OdooSky.GitOps.Reconciler.Tests.Cluster;
using OdooSky.GitOps.Reconciler.Tests.Life;

namespace OdooSky.GitOps.Reconciler.Tests.Soak;

/// <summary>A clock that stands until it is moved, and whose timers fire on the way.</summary>
internal sealed class AlarmTime : FakeTime
{
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    public override void Advance(TimeSpan by) => clock.Advance(by);
}
