using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// Finds rows of a database that are older than those that were applied last. What was applied stands in base's history, in the
/// revision of the wish that each landing names (<c>digest@updated_at+catalogue</c>), so nothing has to be remembered here.
/// </summary>
internal static class StaleReads
{
    private const int Most = 20;

    /// <summary>Looks at what a plan would change.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="landings">The newest landing of each instance, by code.</param>
    /// <returns>A problem for each row that is older; each stops the whole plan.</returns>
    public static IEnumerable<Problem> In(OverlayPlan plan, IReadOnlyDictionary<string, Landing> landings)
    {
        var older = from change in plan.Changes
            let landing = landings.GetValueOrDefault(change.Code.Text)
            let applied = TimeOf(landing?.DesiredRevision)
            let read = TimeOf(change.DesiredRevision)
            where read < applied
            select Older(change.Code, read.Value, applied.Value, landing);
        return older.Take(Most);
    }

    /// <summary>When the rows of a revision were changed last.</summary>
    /// <param name="revision">A revision of a wish, or null.</param>
    /// <returns>The time; null for files, and where the rows tell no time.</returns>
    public static DateTimeOffset? TimeOf(string? revision)
    {
        var at = revision?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        if (at < 0) return null;
        var text = revision![(at + 1)..];
        if (text.LastIndexOf('+') is > 0 and var plus && Parse(text[..plus]) is { } time) return time;
        return Parse(text);
    }

    private static Problem Older(InstanceCode code, DateTimeOffset read, DateTimeOffset applied, Landing landing) => new(
        DesiredTableCodes.OlderThanApplied,
        Severity.Error,
        $"The row of {code} is of {UtcTime.Write(read)}, and one of {UtcTime.Write(applied)} was applied already, by the commit {landing.Commit.Text[..12]}.",
        "Look whether this is a replica that is behind or a backup that was restored; when the row is meant, set its updated_at anew.",
        new Place(InstanceRow.Table, Key: code.Text),
        null);

    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
