using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>What is known of a ring's rollouts. Without one, a ring counts as live once its changes are merged.</summary>
/// <param name="Ring">The ring's name.</param>
/// <param name="IsLive">Whether all that was merged in it is proven live.</param>
/// <param name="Reason">What it waits for, in words; empty when it is live.</param>
internal sealed record RingVerdict(string Ring, bool IsLive, string Reason)
{
    /// <summary>Since when all of it is live: the ring soaks from then on; null: nothing was merged in it lately.</summary>
    public DateTimeOffset? LiveSince { get; init; }
}

/// <summary>What the waves are judged by.</summary>
internal sealed record WaveFacts
{
    /// <summary>The rings, in their order.</summary>
    public required ImmutableArray<Ring> Rings { get; init; }

    /// <summary>All proposals of the target.</summary>
    public required ImmutableArray<Proposal> Proposals { get; init; }

    /// <summary>The labels of every instance that is wished, by code.</summary>
    public required IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> Labels { get; init; }

    /// <summary>What is known of rollouts, by ring.</summary>
    public ImmutableDictionary<string, RingVerdict> Verdicts { get; init; } = ImmutableDictionary<string, RingVerdict>.Empty;

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The zone of freezes.</summary>
    public required TimeZoneInfo TimeZone { get; init; }
}

/// <summary>
/// The order in which a fleet is changed. A change of a ring waits while
/// <code>
/// a ring before it has a change that is not merged and touches the same addon or value   (a declined one too: somebody said no)
/// a ring before it is not live, where that is known, or was merged less than its soak ago
/// the ring is frozen at this time
/// merged within the hour, open, and this one would restart more than maxRestartsPerHour
/// </code>
/// A change that no ring before has anything to do with does not wait for it. An instance of no ring waits for none.
/// </summary>
/// <param name="facts">What is known.</param>
internal sealed class Waves(WaveFacts facts)
{
    private readonly Dictionary<string, int> restarts = new(StringComparer.Ordinal);

    /// <summary>Judges changes, in order of ring and code.</summary>
    /// <param name="changes">The changes that may be proposed.</param>
    /// <param name="refused">Those that people refused; they hold the rings behind them.</param>
    /// <returns>The ones that wait.</returns>
    public ImmutableArray<HeldChange> Hold(IReadOnlyCollection<OverlayChange> changes, IReadOnlyCollection<OverlayChange> refused)
    {
        if (facts.Rings.IsEmpty) return [];
        var pending = changes.Concat(refused).Select(change => (Ring: RingOf(change.Labels), Touched: Touched(change).ToHashSet(StringComparer.Ordinal))).ToList();
        var held = ImmutableArray.CreateBuilder<HeldChange>();
        foreach (var change in changes.OrderBy(change => RingOf(change.Labels)).ThenBy(change => change.Code))
        {
            if (Reason(change, RingOf(change.Labels), pending) is { } reason)
                held.Add(new HeldChange(change.Code.Text, change.Digest, HoldKind.Ring, reason));
        }

        return held.ToImmutable();
    }

    private string? Reason(OverlayChange change, int ring, List<(int Ring, HashSet<string> Touched)> pending)
    {
        if (ring >= facts.Rings.Length) return null;
        var touched = Touched(change).ToList();
        var former = pending.Where(other => other.Ring < ring && touched.Exists(other.Touched.Contains)).Select(other => other.Ring).DefaultIfEmpty(-1).Min();
        if (former >= 0) return $"waits for the ring {facts.Rings[former].Name}: the same change is not merged there";
        if (touched.Count > 0 && facts.Rings.Take(ring).Select(NotLive).FirstOrDefault(reason => reason is not null) is { } waiting) return waiting;
        if (facts.Rings[ring].Freezes.Any(freeze => IsIn(freeze))) return $"the ring {facts.Rings[ring].Name} is frozen at this time";
        return OverLimit(change, facts.Rings[ring]) ? $"the ring {facts.Rings[ring].Name} has its {facts.Rings[ring].MaxRestartsPerHour} restarts of this hour (maxRestartsPerHour)" : null;
    }

    private string? NotLive(Ring ring)
    {
        if (facts.Verdicts.TryGetValue(ring.Name, out var verdict) && !verdict.IsLive) return $"waits for the ring {ring.Name}: {verdict.Reason}";
        var last = verdict is not null ? verdict.LiveSince : Merged(ring, facts.Now - ring.Soak).Select(merged => merged.Proposal.EndedAt).Max();
        return last is { } at && ring.Soak > TimeSpan.Zero && at + ring.Soak > facts.Now ? $"waits for the ring {ring.Name}: it soaks until {(at + ring.Soak).UtcDateTime:yyyy-MM-dd HH:mm}Z" : null;
    }

    private bool OverLimit(OverlayChange change, Ring ring)
    {
        if (ring.MaxRestartsPerHour is not { } most || change.Forecast.Restart == Restart.No) return false;
        if (!restarts.TryGetValue(ring.Name, out var used)) used = Used(ring);
        var open = facts.Proposals.Any(proposal => proposal is { State: ProposalState.Open, IsForeign: false } && proposal.Marker?.Restarts.Contains(change.Code.Text, StringComparer.Ordinal) == true);
        restarts[ring.Name] = open || used >= most ? used : used + 1;
        return !open && used >= most;
    }

    // Merged within the hour, and open: those can be merged at any moment.
    private int Used(Ring ring) => Merged(ring, facts.Now.AddHours(-1)).SelectMany(merged => merged.Codes)
        .Concat(facts.Proposals.Where(proposal => proposal is { State: ProposalState.Open, IsForeign: false }).SelectMany(proposal => Codes(ring, proposal)))
        .Distinct(StringComparer.Ordinal)
        .Count();

    private IEnumerable<(Proposal Proposal, List<string> Codes)> Merged(Ring ring, DateTimeOffset since) =>
        facts.Proposals.Where(proposal => proposal is { State: ProposalState.Merged, IsForeign: false } && proposal.EndedAt > since)
            .Select(proposal => (proposal, Codes(ring, proposal).ToList()))
            .Where(merged => merged.Item2.Count > 0);

    private IEnumerable<string> Codes(Ring ring, Proposal proposal) => proposal.Marker?.Restarts
        .Where(code => facts.Labels.TryGetValue(code, out var labels) && RingOf(labels) == facts.Rings.IndexOf(ring)) ?? [];

    /// <summary>The ring of an instance.</summary>
    /// <param name="rings">The rings, in their order.</param>
    /// <param name="labels">The instance's labels.</param>
    /// <returns>The first ring that selects it; their number: none does.</returns>
    public static int RingOf(ImmutableArray<Ring> rings, ImmutableSortedDictionary<string, string> labels)
    {
        for (var i = 0; i < rings.Length; i++)
            if (rings[i].Selector.All(label => labels.TryGetValue(label.Name, out var value) && value == label.Value))
                return i;
        return rings.Length;
    }

    private int RingOf(ImmutableSortedDictionary<string, string> labels) => RingOf(facts.Rings, labels);

    private bool IsIn(Freeze freeze)
    {
        var local = TimeZoneInfo.ConvertTime(facts.Now, facts.TimeZone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        var overnight = freeze.To <= freeze.From;
        if (freeze.Days.Contains(local.DayOfWeek) && time >= freeze.From && (overnight || time < freeze.To)) return true;
        return overnight && time < freeze.To && freeze.Days.Contains(local.AddDays(-1).DayOfWeek);
    }

    private static IEnumerable<string> Touched(OverlayChange change) => change.Steps.Select(step => step switch
    {
        RowAdded added => "addon " + added.Row.Code,
        RowRemoved removed => "addon " + removed.Row.Code,
        RowChanged changed => "addon " + changed.After.Code,
        ValueSet set => "value " + set.Path,
        ValueUnset unset => "value " + unset.Path,
        _ => string.Empty,
    }).Where(touched => touched.Length > 0 && change.Action == ChangeAction.Update);
}
