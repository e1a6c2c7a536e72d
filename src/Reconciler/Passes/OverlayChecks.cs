using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What <c>validate</c> says of an overlay beyond what planning needs.</summary>
internal static class OverlayChecks
{
    /// <summary>Checks one overlay.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="rules">The chart and the Helm version.</param>
    /// <returns>Errors and warnings of this overlay; warnings too where there is an error, as far as it can be read.</returns>
    public static IEnumerable<Problem> Of(OverlayFile overlay, PlanRules rules)
    {
        var reading = overlay.Read();
        var found = reading.Problems.Concat(Traps(overlay, rules));
        if (reading.Document is not { } document) return found;
        var addons = HelmValues.ReadAddons(new HelmInput { Files = [overlay.Text], ChartValues = rules.ChartValues, Version = rules.Helm }).Value;
        if (addons is null) return found;
        var values = HelmMap.Empty.With("addons", addons);
        return found.Concat(PlanWarnings.Of(overlay.Entry.Path, overlay.Entry.Code, values, rules.RestartPaths)).Concat(Rows(overlay.Entry, document));
    }

    // What the file's reading says too is left to it, and the hash's own warning to the plan.
    private static IEnumerable<Problem> Traps(OverlayFile overlay, PlanRules rules) =>
        ValuesLint.Traps(overlay.Text, rules.Helm).Select(finding => new Problem(
            PlanProblems.TypeTrap,
            Severity.Warning,
            $"{finding.What} ({finding.Rule}).",
            $"{finding.Write}.",
            new Place(overlay.Entry.Path, finding.Line, finding.Column),
            overlay.Entry.Code.Text));

    private static IEnumerable<Problem> Rows(OverlayEntry entry, OverlayDocument document)
    {
        foreach (var row in document.Rows)
        {
            var further = row.Fields.Entries.Select(field => field.Key).Except(["code", "source", "image", "version"], StringComparer.Ordinal).ToList();
            if (further.Count > 0)
                yield return Warning(PlanProblems.FurtherKeys, $"The row {row.Row.Code} has further keys ({string.Join(", ", further)}); they are kept, and they count in the hash.", "Nothing, when they are meant.", row.Place);
            if (!row.Typed)
                yield return Warning(PlanProblems.UntypedRow, $"A field of the row {row.Row.Code} is not text: Helm reads 17.0 as the number 17.", "Put the field in double quotes; that changes the hash and restarts the pod.", row.Place);
        }

        Problem Warning(string code, string message, string remedy, Place place) =>
            new(code, Severity.Warning, message, remedy, place, entry.Code.Text);
    }
}
