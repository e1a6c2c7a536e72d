namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>
/// One clock for a client and the stand-in. It stands, and jumps over waits: a pause between writes, or before another try, passes at once
/// and moves it. Limits of calls take real time, since they must not end what is going on.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    /// <summary>A limit of calls that <see cref="EndLimits"/> ends; more than any call takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(61);

    // How long GitProcess listens after git's end: a limit too, though it is written as a wait.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly List<Action> limits = [];
    private DateTimeOffset now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Go(TimeSpan by)
    {
        lock (gate) now += by;
    }

    /// <summary>Ends the limits of <see cref="Patience"/>, as if that time had gone by.</summary>
    public void EndLimits()
    {
        List<Action> due;
        lock (gate) due = [.. limits];
        due.ForEach(end => end());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Patience) lock (gate) limits.Add(() => callback(state));
        if (state is CancellationTokenSource || dueTime <= TimeSpan.Zero || dueTime == LastWords) return base.CreateTimer(callback, state, dueTime, period);
        Go(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
