using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>Makes the views of lists, and of one change set.</summary>
internal static class ListMakers
{
    private const int PageSize = 100;

    /// <summary>All change sets.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="page">Which page.</param>
    /// <returns>The view.</returns>
    public static ChangesView Changes(FleetSheet fleet, int page) => new()
    {
        Numbers = fleet.Numbers,
        Changes = Paged<ChangeLine>.Of([.. fleet.Targets.SelectMany(sheet => sheet.Changes)], page, PageSize),
        Waiting = [.. fleet.Targets.SelectMany(sheet => sheet.Waiting).Take(PageSize)],
    };

    /// <summary>Drift.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="page">Which page.</param>
    /// <returns>The view.</returns>
    public static DriftView Drift(FleetSheet fleet, int page) => new()
    {
        Numbers = fleet.Numbers,
        LookedAt = fleet.Picture.Targets.ToImmutableSortedDictionary(
            pair => pair.Key, pair => StatusWords.Time(pair.Value.LastSuccesses.GetValueOrDefault(JobKind.Drift)?.Begun), StringComparer.Ordinal),
        Findings = Paged<DriftLine>.Of([.. fleet.Targets.SelectMany(sheet => sheet.Drift)], page, PageSize),
    };

    /// <summary>What people said no to.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="page">Which page.</param>
    /// <returns>The view.</returns>
    public static DeclinedView Declined(FleetSheet fleet, int page) => new()
    {
        Numbers = fleet.Numbers, Changes = Paged<HeldLine>.Of([.. fleet.Targets.SelectMany(sheet => sheet.Declined)], page, PageSize),
    };

    /// <summary>What is wrong.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="page">Which page.</param>
    /// <returns>The view.</returns>
    public static ProblemsView Problems(FleetSheet fleet, int page) => new()
    {
        Numbers = fleet.Numbers,
        Problems = Paged<ProblemLine>.Of(
            [.. fleet.Failures, .. fleet.Targets.SelectMany(sheet => sheet.Problems).OrderBy(problem => problem.Severity, StringComparer.Ordinal)], page, PageSize),
    };

    /// <summary>One change set.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="key">Its name, or its pull request's number.</param>
    /// <param name="target">Its target; empty: the first that has it.</param>
    /// <returns>The view, or null.</returns>
    public static ChangeView? Change(FleetSheet fleet, string key, string target)
    {
        foreach (var sheet in fleet.Targets.Where(each => target.Length == 0 || each.Name == target))
            if (Change(fleet, sheet, key) is { } found) return found;
        return null;
    }

    private static ChangeView? Change(FleetSheet fleet, TargetSheet sheet, string key)
    {
        int? number = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : null;
        var decision = sheet.Facts.Decisions.FirstOrDefault(each => sheet.Facts.NameOf(each.Branch) == key || (number is not null && each.Facts.Open?.Number == number));
        if (decision is not null) return Made(fleet, sheet, sheet.Lists.Line(decision), (decision.Facts.Open ?? decision.Facts.Last)?.Title, TargetFacts.CodesOf(decision));
        var ended = number is null ? null : sheet.Facts.Planned?.Decided.Proposals.FirstOrDefault(each => each.Number == number && !each.IsForeign);
        return ended is null ? null : Made(fleet, sheet, sheet.Lists.Line(ended), ended.Title, ended.Marker?.Changes?.Keys ?? []);
    }

    private static ChangeView Made(FleetSheet fleet, TargetSheet sheet, ChangeLine line, string? title, IEnumerable<string> codes) => new()
    {
        Numbers = fleet.Numbers,
        Change = line,
        Title = StatusWords.Given(title),
        Instances = [.. codes.Order(StringComparer.Ordinal).Select(code => Changed(sheet, code))],
    };

    private static ChangedInstance Changed(TargetSheet sheet, string code)
    {
        sheet.Facts.Plans.TryGetValue(code, out var change);
        if (change?.Action == ChangeAction.Unchanged) change = null;
        return new ChangedInstance(
            code,
            change is null ? null : PlanWords.Word(change.Action),
            StatusWords.Given(change?.Sentence),
            change is null ? null : StatusWords.Restarts(change),
            change?.HashBefore,
            change?.HashAfter,
            sheet.ByCode.GetValueOrDefault(code)?.Verdict ?? StatusWords.NotVerified,
            StatusWords.Given(change?.Request.RequestedBy),
            StatusWords.Given(change?.Request.Reason),
            StatusWords.Given(change?.Request.Ticket));
    }
}
