using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Makes the view of the first page.</summary>
internal static class OverviewMaker
{
    /// <summary>How many instances a page lists.</summary>
    public const int PageSize = 50;

    private const int Days = 14;

    // Those that need somebody first.
    private static readonly string[] Order =
    [
        .. new[]
        {
            VerdictKind.Failed, VerdictKind.Missing, VerdictKind.Stalled, VerdictKind.Blocked, VerdictKind.Unknown, VerdictKind.Rolling, VerdictKind.Waiting,
            VerdictKind.Live, VerdictKind.ScaledToZero, VerdictKind.Superseded, VerdictKind.Retired,
        }.Select(StatusWords.Verdict),
        StatusWords.NotVerified,
    ];

    /// <summary>Makes it.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="filter">What the list is filtered by.</param>
    /// <param name="now">The time; the last day of the chart.</param>
    /// <returns>The view.</returns>
    public static OverviewView Make(FleetSheet fleet, StatusFilter filter, DateTimeOffset now)
    {
        var counts = fleet.Lines.GroupBy(line => line.Verdict, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var matching = Filtering.IsOpen(filter) ? fleet.Lines : [.. fleet.Lines.Where(line => Filtering.Lets(filter, line))];
        return new OverviewView
        {
            Numbers = fleet.Numbers,
            Filter = filter,
            Verdicts = [.. Order.Where(counts.ContainsKey).Select(word => new VerdictCount(word, counts[word]))],
            Restarts = Restarts(fleet, now),
            Targets = [.. fleet.Targets.Select(sheet => Target(sheet, fleet.Picture.Targets[sheet.Name], now))],
            Rings = [.. fleet.Targets.SelectMany(sheet => sheet.Facts.Planned?.Rings ?? []).Select(ring => ring.Name).Distinct(StringComparer.Ordinal)],
            Instances = Paged<InstanceLine>.Of(matching, filter.Page, PageSize),
        };
    }

    private static TargetView Target(TargetSheet sheet, TargetBoard board, DateTimeOffset now)
    {
        var planned = sheet.Facts.Planned;
        var jobs = Enum.GetValues<JobKind>().Select(kind => Job(kind, board)).OfType<JobView>();
        return new TargetView(board.Target, planned?.BaseBranch, planned?.BaseCommit, sheet.Lines.Length, Trouble(planned, board.Maintenance?.Until(now)), [.. jobs])
        {
            Replica = board.Seat?.Replica, IsElsewhere = !board.IsHere, ReadHere = board.IsHere || board.ReadAt is not { } at ? null : StatusWords.Time(at),
        };
    }

    private static string? Trouble(PlannedPass? planned, DateTimeOffset? rests) => planned switch
    {
        _ when rests is { } end => $"Maintenance until {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}: nothing starts by itself.",
        { Usable: false } => "The desired state can't be trusted as a whole, so nothing is proposed; see the problems.",
        { Held: { } held } => $"A guard holds the plan: {held.Reason}",
        _ => null,
    };

    private static JobView? Job(JobKind kind, TargetBoard board)
    {
        var (last, good) = (board.LastRuns.GetValueOrDefault(kind), board.LastSuccesses.GetValueOrDefault(kind));
        DateTimeOffset? next = board.NextRuns.TryGetValue(kind, out var at) ? at : null;
        DateTimeOffset? running = board.Running.TryGetValue(kind, out var since) || board.Elsewhere.TryGetValue(kind, out since) ? since : null;
        if (last is null && next is null && running is null) return null;
        return new JobView(
            EnumWords.Word(kind), StatusWords.Time(last?.Begun), last is null ? null : Math.Round(last.Took.TotalSeconds, 1), StatusWords.Given(last?.Failure),
            StatusWords.Time(good?.Begun), StatusWords.Time(next), StatusWords.Time(running));
    }

    private static RestartsView Restarts(FleetSheet fleet, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var facts = fleet.Picture.Targets.Values.SelectMany(board => board.Restarts).ToList();
        var asked = facts.CountBy(fact => Day(fact.AskedAt)).ToDictionary();
        var done = facts.Where(fact => fact.DoneAt is not null).CountBy(fact => Day(fact.DoneAt!.Value)).ToDictionary();
        var days = Enumerable.Range(0, Days).Select(back => today.AddDays(back - Days + 1))
            .Select(day => new RestartDay(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), asked.GetValueOrDefault(day), done.GetValueOrDefault(day))).ToImmutableArray();
        return new RestartsView(fleet.Targets.Sum(each => each.Restarting), days.Sum(day => day.AskedFor), days.Sum(day => day.Done), days);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
