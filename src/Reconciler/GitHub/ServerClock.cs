namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>What the server's clock shows, told by the <c>Date</c> of its answers. Before the first one: this machine's.</summary>
/// <param name="time">This machine's clock.</param>
internal sealed class ServerClock(TimeProvider time)
{
    private long skewTicks;
    private volatile bool known;

    /// <summary>How far the server is ahead of this machine, to about a second; null before the first answer.</summary>
    public TimeSpan? Skew => known ? new TimeSpan(Interlocked.Read(ref skewTicks)) : null;

    /// <summary>The server's time.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + (Skew ?? TimeSpan.Zero);

    public void Learn(DateTimeOffset? date)
    {
        if (date is null) return;
        var skew = date.Value - time.GetUtcNow();

        // Date is cut to the second and was true when the answer left: less than that is no skew.
        Interlocked.Exchange(ref skewTicks, skew.Duration() < TimeSpan.FromSeconds(2) ? 0 : skew.Ticks);
        known = true;
    }
}
