using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What is to be suspended or resumed.</summary>
/// <param name="Codes">Instances.</param>
/// <param name="Rings">Rings, by name.</param>
/// <param name="All">The target as a whole.</param>
internal sealed record SuspensionScopes(ImmutableArray<string> Codes, ImmutableArray<string> Rings, bool All)
{
    /// <summary>Whether nothing is named.</summary>
    public bool IsEmpty => Codes.IsEmpty && Rings.IsEmpty && !All;

    /// <summary>Each of them.</summary>
    public IEnumerable<(SuspensionScope Scope, string Name)> Each =>
        Codes.Select(code => (SuspensionScope.Instance, code))
            .Concat(Rings.Select(ring => (SuspensionScope.Ring, ring)))
            .Concat(All ? [(SuspensionScope.Target, string.Empty)] : [])
            .Distinct();
}

/// <summary>Who suspends, why, and until when.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it ends by itself, or null.</param>
internal sealed record SuspensionWord(string By, string Reason, DateTimeOffset? Until)
{
    /// <summary>Whether a suspension that is there and lasts as long, or has no end, stays as it is.</summary>
    public bool LeavesLonger { get; init; }

    /// <summary>Whether one that is there stays.</summary>
    /// <param name="there">A suspension of the same thing.</param>
    /// <returns>True when this one would only shorten it.</returns>
    public bool Leaves(Suspension there) => LeavesLonger && Until is { } until && (there.Until is null || there.Until >= UtcTime.ToSecond(until));
}

/// <summary>What came of suspending or resuming.</summary>
/// <param name="Problems">What is not known here; then nothing was done.</param>
/// <param name="Changed">What is suspended now, or was until now.</param>
/// <param name="Stays">What stays suspended as it was, and by what, as sentences.</param>
internal sealed record SuspensionAnswer(ImmutableArray<string> Problems, ImmutableArray<Suspension> Changed, ImmutableArray<string> Stays);

/// <summary>Suspends and resumes, after a look at what there is.</summary>
/// <param name="snapshots">Reads the heads.</param>
/// <param name="observer">Reads commits.</param>
/// <param name="planner">Plans, which tells the codes.</param>
/// <param name="book">What is suspended.</param>
/// <param name="at">The target, and the clock.</param>
internal sealed class SuspensionDesk(Snapshots snapshots, Observer observer, FleetPlanner planner, SuspensionBook book, (RunTarget Target, TimeProvider Time) at)
{
    private string Target => at.Target.Name;

    /// <summary>Lists what is suspended now.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Instances first, then rings, then the target.</returns>
    public async Task<ImmutableArray<Suspension>> ListAsync(CancellationToken cancellationToken) =>
        await ActiveAsync(await snapshots.TakeAsync(null, cancellationToken), cancellationToken);

    /// <summary>Suspends. What is suspended already gets the new reason and end, unless <see cref="SuspensionWord.LeavesLonger"/> says otherwise.</summary>
    /// <param name="scopes">What.</param>
    /// <param name="word">Who, why and until when.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done.</returns>
    public async Task<SuspensionAnswer> SuspendAsync(SuspensionScopes scopes, SuspensionWord word, CancellationToken cancellationToken)
    {
        var (plan, rings, active) = await LookAsync(cancellationToken);
        var problems = Unknown(scopes, plan.Instances.Select(change => change.Code.Text), rings.Select(ring => ring.Name));
        if (!problems.IsEmpty) return new SuspensionAnswer(problems, [], []);
        var now = UtcTime.ToSecond(at.Time.GetUtcNow());
        ImmutableArray<Suspension> stay = [.. active.Where(there => word.Leaves(there) && there.Target == Target && scopes.Each.Contains((there.Scope, there.Name)))];
        var stays = stay.Select(there => $"{there.Thing} stays suspended {there.Words}.").ToImmutableArray();
        ImmutableArray<Suspension> added =
        [
            .. scopes.Each.Where(each => !stay.Any(there => each == (there.Scope, there.Name))).Select(each => new Suspension
            {
                Target = Target, Scope = each.Scope, Name = each.Name, By = word.By, At = now, Reason = word.Reason, Until = word.Until is { } until ? UtcTime.ToSecond(until) : null,
            }),
        ];
        if (added.IsEmpty) return new SuspensionAnswer([], [], stays);
        var message = $"{Subject("Suspend", added)}\n\n{Things(added)}, {added[0].Words}.\n";
        await book.ChangeAsync(new(With, message, now), cancellationToken);
        return new SuspensionAnswer([], added, stays);

        // Told anew when the push of another one was faster: what was written meanwhile may last longer, too.
        IEnumerable<Suspension> With(ImmutableArray<Suspension> lines)
        {
            var less = added.Where(one => !lines.Any(line => line.Replaces(one) && word.Leaves(line))).ToList();
            return lines.Where(line => !less.Exists(line.Replaces)).Concat(less);
        }
    }

    /// <summary>Resumes exactly what is named: an instance of a suspended ring stays suspended.</summary>
    /// <param name="scopes">What.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done.</returns>
    public async Task<SuspensionAnswer> ResumeAsync(SuspensionScopes scopes, string by, CancellationToken cancellationToken)
    {
        var (plan, rings, active) = await LookAsync(cancellationToken);
        var written = active.ToLookup(suspension => suspension.Scope, suspension => suspension.Name);
        var problems = Unknown(
            scopes, plan.Instances.Select(change => change.Code.Text).Concat(written[SuspensionScope.Instance]), rings.Select(ring => ring.Name).Concat(written[SuspensionScope.Ring]));
        if (!problems.IsEmpty) return new SuspensionAnswer(problems, [], []);
        var (lifted, now) = (active.Where(IsNamed).ToImmutableArray(), UtcTime.ToSecond(at.Time.GetUtcNow()));
        if (!lifted.IsEmpty)
            await book.ChangeAsync(new(lines => lines.Where(line => !IsNamed(line)), $"{Subject("Resume", lifted)}\n\n{Things(lifted)}, by {by}.\n", now), cancellationToken);
        return new SuspensionAnswer([], lifted, Stays(scopes, plan, rings, [.. active.Where(suspension => !IsNamed(suspension))]));

        bool IsNamed(Suspension suspension) => suspension.Target == Target && scopes.Each.Contains((suspension.Scope, suspension.Name));
    }

    private static ImmutableArray<string> Stays(SuspensionScopes scopes, OverlayPlan plan, ImmutableArray<Ring> rings, ImmutableArray<Suspension> rest)
    {
        var covering = Suspending.Covering(rest, rings);
        var named = plan.Instances.Where(change => scopes.Codes.Contains(change.Code.Text, StringComparer.Ordinal)).ToList();
        var within = plan.Instances.Where(change => scopes.All || scopes.Rings.Contains(Suspending.RingOf(change, rings), StringComparer.Ordinal)).Except(named);
        var codes = named.Select(change => (change.Code, Why: covering(change)?.Sentence ?? (change.Action == ChangeAction.Suspended ? change.Sentence : null)))
            .Where(each => each.Why is not null).Select(each => $"{each.Code} stays suspended. {each.Why}");
        return [.. codes, .. within.Select(covering).OfType<Suspension>().Distinct().Select(suspension => $"{suspension.Thing} stays suspended {suspension.Words}.")];
    }

    private async Task<(OverlayPlan Plan, ImmutableArray<Ring> Rings, ImmutableArray<Suspension> Active)> LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.TakeAsync(null, cancellationToken);
        var active = await ActiveAsync(snapshot, cancellationToken);
        var observed = await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken);
        return (planner.Plan(observed), observed.Settings.Rings, active);
    }

    private async Task<ImmutableArray<Suspension>> ActiveAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        Suspending.Active(await book.ReadAsync(snapshot.Suspensions, cancellationToken), Target, at.Time.GetUtcNow());

    private static ImmutableArray<string> Unknown(SuspensionScopes scopes, IEnumerable<string> codes, IEnumerable<string> rings)
    {
        var (knownCodes, knownRings) = (codes.ToHashSet(StringComparer.Ordinal), rings.ToHashSet(StringComparer.Ordinal));
        return
        [
            .. scopes.Codes.Where(code => !knownCodes.Contains(code)).Select(code => Say("instance", code, knownCodes, "odoosky plan --all lists the instances")),
            .. scopes.Rings.Where(ring => !knownRings.Contains(ring)).Select(ring => Say("ring", ring, knownRings, "rings of gitops.yaml names the rings")),
        ];

        static string Say(string kind, string name, HashSet<string> known, string where) =>
            $"There is no {kind} {name}. {(NearestWord.Of(name, known) is { } near ? $"Did you mean {near}?" : $"{where}.")}";
    }

    private string Subject(string verb, ImmutableArray<Suspension> which) => which switch
    {
        [{ Scope: SuspensionScope.Target } whole] => $"{verb} {whole.Thing}",
        [var only] => $"{verb} {only.Thing} of {Target}",
        _ => $"{verb} {which[0].Thing} and {which.Length - 1} more of {Target}",
    };

    private static string Things(ImmutableArray<Suspension> which) => string.Join(", ", which.Select(suspension => suspension.Thing));
}
