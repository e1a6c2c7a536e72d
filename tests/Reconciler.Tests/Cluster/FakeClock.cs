namespace OdooSky.GitOps.Reconciler.Tests.Cluster;

/// <summary>A clock that stands still until it is moved; timers fire on the way.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = now;

    public FakeClock()
        : this(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Whether somebody waits for a moment that comes within so long.</summary>
    public bool IsAwaited(TimeSpan within)
    {
        lock (_gate) return _alarms.Exists(alarm => alarm.At <= _now + within);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (_gate)
        {
            alarm.Set(dueTime);
            _alarms.Add(alarm);
        }

        return alarm;
    }

    /// <summary>How many timers will fire after exactly this time.</summary>
    /// <param name="due">The time from now.</param>
    /// <param name="again">Only those that were set again since they were made, as the limit of a stream is with each read.</param>
    public int Waiting(TimeSpan due, bool again = false)
    {
        lock (_gate) return _alarms.Count(alarm => alarm.At == _now + due && (alarm.IsSetAgain || !again));
    }

    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += by;
            due = _alarms.Where(alarm => alarm.At <= _now).ToList();
            foreach (var alarm in due) alarm.At = null;
        }

        due.ForEach(alarm => alarm.Ring());
    }

    private sealed class Alarm(FakeClock clock, Action ring) : ITimer
    {
        public DateTimeOffset? At { get; set; }

        public bool IsSetAgain { get; private set; }

        public Action Ring { get; } = ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                IsSetAgain = true;
                Set(dueTime);
            }

            return true;
        }

        public void Set(TimeSpan dueTime) => At = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;

        public void Dispose()
        {
            lock (clock._gate) clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
