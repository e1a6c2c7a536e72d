using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>A day of a report.</summary>
/// <param name="Day">The day of the month, from 1.</param>
/// <param name="Restarting">How many changes that landed restart a pod, for audit only or perhaps, too.</param>
/// <param name="Others">How many other changes landed.</param>
internal sealed record ReportDay(int Day, int Restarting, int Others);

/// <summary>How long changes took from the merge to the proof.</summary>
/// <param name="Measured">How many have a proof.</param>
/// <param name="Median">Half of them took at most so long; null when none is measured.</param>
/// <param name="Ninety">Nine of ten took at most so long.</param>
/// <param name="Longest">The longest.</param>
internal sealed record LeadTimes(int Measured, TimeSpan? Median, TimeSpan? Ninety, TimeSpan? Longest)
{
    /// <summary>The figures of some times.</summary>
    /// <param name="times">Any order.</param>
    /// <returns>The figures.</returns>
    public static LeadTimes Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? new LeadTimes(0, null, null, null) : new LeadTimes(sorted.Count, At(0.5), At(0.9), sorted[^1]);

        // The smallest time that so large a part of all does not exceed.
        TimeSpan At(double part) => sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
    }
}

/// <summary>What happened to a fleet in one month, in UTC: the changes that landed, and the failures that were told.</summary>
internal sealed record MonthReport
{
    /// <summary>The month's first moment.</summary>
    public required DateTimeOffset Month { get; init; }

    /// <summary>What it was told from.</summary>
    public required AuditHead Head { get; init; }

    /// <summary>The changes that landed, oldest first.</summary>
    public required ImmutableArray<Landing> Changes { get; init; }

    /// <summary>What the notes call failed, superseded or reverted in the month, whenever it landed; in order of time.</summary>
    public required ImmutableArray<(Landing Change, RolloutNote Note)> Failures { get; init; }

    /// <summary>The month as it is written, such as <c>2026-11</c>.</summary>
    public string Name => Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>How many changes each forecast had: <c>yes</c>, <c>audit-only</c>, <c>unknown</c>, <c>no</c>, and the empty text where none is known.</summary>
    public ImmutableSortedDictionary<string, int> Restarts { get; private init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>From the merge to the proof.</summary>
    public LeadTimes LeadTimes { get; private init; } = LeadTimes.Of([]);

    /// <summary>Every day of the month.</summary>
    public ImmutableArray<ReportDay> Days { get; private init; } = [];

    /// <summary>How many changes somebody made directly on base.</summary>
    public int Direct => Changes.Count(change => change.Origin == ChangeOrigin.Person);

    /// <summary>How many instances were created.</summary>
    public int Created => Changes.Count(change => change.Before is null);

    /// <summary>How many instances were retired.</summary>
    public int Retired => Changes.Count(change => change.After is null);

    /// <summary>How long before the month changes landed that may have failed in it: notes are owed for 14 days.</summary>
    public static TimeSpan Before { get; } = TimeSpan.FromDays(15);

    /// <summary>Makes a report.</summary>
    /// <param name="snapshot">A trail that begins <see cref="Before"/> the month, or earlier.</param>
    /// <param name="month">The month's first moment.</param>
    /// <returns>The report.</returns>
    public static MonthReport Of(AuditSnapshot snapshot, DateTimeOffset month)
    {
        var end = month.AddMonths(1);
        ImmutableArray<Landing> changes = [.. snapshot.Landings.Where(change => IsIn(change.At))];
        var failures = from change in snapshot.Landings
            from note in change.Notes
            where note.Event is NoteEvent.Failed or NoteEvent.Superseded or NoteEvent.Reverted && IsIn(note.At)
            orderby note.At
            select (change, note);
        return new MonthReport
        {
            Month = month,
            Head = snapshot.Head,
            Changes = changes,
            Failures = [.. failures],
            Restarts = changes.CountBy(change => change.Restart ?? string.Empty, StringComparer.Ordinal).ToImmutableSortedDictionary(StringComparer.Ordinal),
            LeadTimes = LeadTimes.Of(changes.Where(change => change.LiveAt >= change.At).Select(change => change.LiveAt!.Value - change.At)),
            Days = [.. Enumerable.Range(1, (end - month).Days).Select(day => DayOf(day, changes))],
        };

        bool IsIn(DateTimeOffset at) => at >= month && at < end;
    }

    private static ReportDay DayOf(int day, ImmutableArray<Landing> changes)
    {
        var landed = changes.Where(change => change.At.UtcDateTime.Day == day).ToList();
        var restarting = landed.Count(change => change.Restart is "yes" or "audit-only" or "unknown");
        return new ReportDay(day, restarting, landed.Count - restarting);
    }
}
