using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What <c>validate</c> says of an overlay beyond what planning needs.</summary>
internal static class OverlayChecks
{
    /// <summary>Checks one overlay.</summary>
    /// <param name="entry">Where it stands.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="rules">The chart and the Helm version.</param>
    /// <returns>Errors and warnings of this overlay.</returns>
    public static IEnumerable<Problem> Of(OverlayEntry entry, OverlayReading reading, PlanRules rules)
    {
        if (reading.Document is not { } document) return reading.Problems;
        var merged = HelmValues.Read(new HelmInput { Files = [document.Text], ChartValues = rules.ChartValues, Version = rules.Helm });
        return merged.Value is null
            ? reading.Problems
            : reading.Problems.Concat(PlanWarnings.Of(entry.Path, entry.Code, merged.Value, rules.RestartPaths)).Concat(Rows(entry, document)).Concat(Traps(entry, document));
    }

    private static IEnumerable<Problem> Traps(OverlayEntry entry, OverlayDocument document) =>
        ValuesLint.Look(document.Text).Select(finding => new Problem(
            PlanProblems.TypeTrap,
            Severity.Warning,
            $"Helm reads {finding.Written} as {finding.Reads} ({finding.Rule}).",
            $"Write {finding.Write}.",
            new Place(entry.Path, finding.Line, finding.Column),
            entry.Code.Text));

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
