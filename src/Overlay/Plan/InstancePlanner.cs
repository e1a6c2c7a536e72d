using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>One instance as it is wished and as it stands.</summary>
/// <param name="Code">The instance's code.</param>
/// <param name="Path">The overlay's path in the repository.</param>
/// <param name="Wish">The wish, or null when there is none or it has errors.</param>
/// <param name="WishIsBroken">Whether the wish has errors, which are listed elsewhere.</param>
/// <param name="Current">The overlay on base, or null when there is none.</param>
public sealed record InstanceFacts(InstanceCode Code, string Path, DesiredInstance? Wish, bool WishIsBroken, OverlayReading? Current);

/// <summary>
/// Plans one instance, by wish and overlay:
/// <code>
/// wish        overlay      action
/// broken      any          stopped
/// none        any          orphaned
/// suspended   any          suspended
/// any         unreadable   stopped
/// absent      there        retire
/// absent      none         unchanged
/// present     none         create
/// present     there        update, or unchanged when nothing differs in meaning
/// </code>
/// </summary>
public sealed class InstancePlanner
{
    private readonly PlanRules rules;
    private readonly ReleaseValues release;

    /// <summary>A planner for instances that share chart and policy.</summary>
    /// <param name="rules">What they share.</param>
    public InstancePlanner(PlanRules rules)
    {
        this.rules = rules;
        release = new ReleaseValues(rules);
    }

    /// <summary>Plans one instance.</summary>
    /// <param name="facts">The wish and the overlay.</param>
    /// <returns>What happens, what it costs, and all problems of this instance.</returns>
    public OverlayChange Plan(InstanceFacts facts)
    {
        var change = Decide(facts);
        return change with { Sentence = change.Sentence.Length > 0 ? change.Sentence : PlanWords.Sentence(change) };
    }

    /// <summary>The plan of an instance whose overlay is known to say what is wished, and with which hash: nothing differs.</summary>
    /// <param name="path">The overlay's path in the repository.</param>
    /// <param name="wish">The wish, the same in content as when that was found out.</param>
    /// <param name="text">The overlay's bytes, the same as when that was found out.</param>
    /// <param name="hash">The hash that Helm renders.</param>
    /// <returns>What <see cref="Plan"/> would say.</returns>
    public static OverlayChange Unchanged(string path, DesiredInstance wish, ReadOnlyMemory<byte> text, string hash)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var change = new OverlayChange
        {
            Code = wish.Code,
            Path = path,
            Action = ChangeAction.Unchanged,
            Before = text,
            HashBefore = hash,
            HashAfter = hash,
            Labels = wish.Labels,
            Request = wish.Request,
            DesiredRevision = wish.Revision,
        };
        return change with { Sentence = PlanWords.Sentence(change) };
    }

    private OverlayChange Decide(InstanceFacts facts) => facts switch
    {
        { WishIsBroken: true } => Start(facts, ChangeAction.Stopped),
        { Wish: null } => Start(facts, ChangeAction.Orphaned),
        { Wish.State: InstanceState.Suspended } => Start(facts, ChangeAction.Suspended),
        { Current: { Document: null } } => Start(facts, ChangeAction.Stopped) with { Problems = facts.Current.Problems },
        { Wish.State: InstanceState.Absent, Current: null } => Start(facts, ChangeAction.Unchanged),
        { Wish.State: InstanceState.Absent } => Retire(facts, facts.Current.Document!),
        { Current: null } => Write(facts, null, OverlayEditor.Create(facts.Path, WishOf(facts.Wish))),
        _ => Write(facts, facts.Current.Document, OverlayEditor.Edit(facts.Current.Document!, WishOf(facts.Wish))),
    };

    private OverlayChange Start(InstanceFacts facts, ChangeAction action)
    {
        var text = facts.Current?.Document?.Text;
        var (hash, problem) = text is null ? (null, null) : release.Hash(facts, text.Value);
        return new OverlayChange
        {
            Code = facts.Code,
            Path = facts.Path,
            Action = problem is null || action is ChangeAction.Orphaned or ChangeAction.Suspended ? action : ChangeAction.Stopped,
            Before = text,
            HashBefore = hash,
            Labels = facts.Wish?.Labels ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            Request = facts.Wish?.Request ?? Request.None,
            DesiredRevision = facts.Wish?.Revision ?? string.Empty,
            Problems = problem is null ? [] : [problem],
        };
    }

    private OverlayChange Retire(InstanceFacts facts, OverlayDocument current)
    {
        var change = Start(facts, ChangeAction.Retire);
        return change with { Digest = Digests.OfChange(facts.Code, [], current.Values, null) };
    }

    private OverlayChange Write(InstanceFacts facts, OverlayDocument? current, EditResult edit)
    {
        var start = Start(facts, current is null ? ChangeAction.Create : ChangeAction.Update);
        if (start.Action == ChangeAction.Stopped) return start;
        if (edit.Text is null)
            return start with { Action = ChangeAction.Stopped, Problems = edit.Problems };
        if (current is not null && edit.Steps.IsEmpty)
            return start with { Action = ChangeAction.Unchanged, HashAfter = start.HashBefore, Problems = edit.Problems };
        return Changed(facts, start with { Problems = edit.Problems, Steps = edit.Steps, After = edit.Text }, current);
    }

    private OverlayChange Changed(InstanceFacts facts, OverlayChange start, OverlayDocument? current)
    {
        var wish = facts.Wish!;
        var (after, problem) = release.Read(facts, start.After!.Value);
        if (after is null) return Stop(start, problem!);
        (var forecast, problem) = current is null ? (Forecast.Nothing, null) : release.Forecast(facts, current, after);
        if (problem is not null) return Stop(start, problem);
        var change = start with
        {
            HashAfter = ReleaseValues.HashOf(after.First),
            Forecast = forecast,
            Digest = Digests.OfChange(facts.Code, ManagedPaths(wish), current?.Values, after.Own),
            Request = Requests.Of(wish, start.Steps),
            Problems = start.Problems.AddRange(PlanWarnings.Of(facts.Path, facts.Code, after.First, rules.RestartPaths)),
        };
        return change with { HeldBecause = HoldReason(change) };
    }

    private static OverlayChange Stop(OverlayChange start, Problem problem) =>
        start with { Action = ChangeAction.Stopped, After = null, Problems = start.Problems.Add(problem) };

    private string? HoldReason(OverlayChange change) =>
        rules.BuiltinOnly == BuiltinOnlyPolicy.Hold && change.Forecast is { Restart: Restart.AuditOnly, Paths.IsEmpty: true } && change.Steps.All(IsBuiltin)
            ? "only builtin rows change; kept until the instance's next real change (builtinOnlyChanges: hold)"
            : null;

    private static bool IsBuiltin(EditStep step) => step switch
    {
        RowAdded added => added.Row.Source == AddonRow.BuiltinSource,
        RowRemoved removed => removed.Row.Source == AddonRow.BuiltinSource,
        RowChanged changed => changed.Before.Source == AddonRow.BuiltinSource && changed.After.Source == AddonRow.BuiltinSource,
        _ => false,
    };

    private static IEnumerable<ValuePath> ManagedPaths(DesiredInstance wish) =>
        ValuesDiff.Leaves(wish.Values).Select(leaf => leaf.Path).Concat(wish.Unset);

    private OverlayWish WishOf(DesiredInstance wish) =>
        new(wish.Code, wish.CloneFrom, wish.Addons, wish.Values, wish.Unset) { Helm = rules.Helm };
}
