using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>
/// Says which pods a change of effective values rolls:
/// <code>
/// what changes                        restarts
/// addons, and an init container too   yes (odoo)
/// addons, no init container           audit-only (odoo: the hash stands on its pod template)
/// a path that the chart lists         the pods it lists, or no
/// a path that the chart does not list unknown, which counts as a restart
/// </code>
/// </summary>
public static class Forecaster
{
    private const string Odoo = "odoo";

    /// <summary>Compares effective values: the overlay over the chart's defaults.</summary>
    /// <param name="before">The effective values before.</param>
    /// <param name="after">The effective values after.</param>
    /// <param name="chart">What the chart says of its paths.</param>
    /// <returns>Which pods roll, and why.</returns>
    public static Forecast Compare(HelmMap before, HelmMap after, RestartPaths chart)
    {
        HelmValue? oldRows = before.Find("addons"), newRows = after.Find("addons");
        var old = InitContainers.Of(oldRows);
        var now = InitContainers.Of(newRows);
        var rows = Rows(hashDiffers: AddonsHash.Of(oldRows) != AddonsHash.Of(newRows), containersDiffer: !old.SequenceEqual(now));
        var paths = ValuesDiff.Paths(before.Without("addons"), after.Without("addons"));
        var pods = paths.Select(path => chart.PodsOf(path)).ToList();
        var rolled = pods.SelectMany(listed => listed ?? []).Concat(rows == Restart.No ? [] : [Odoo]);
        return new Forecast(
            Combine(rows, pods),
            [.. rolled.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            InitContainers.Compare(old, now),
            paths);
    }

    private static Restart Rows(bool hashDiffers, bool containersDiffer) =>
        !hashDiffers ? Restart.No : containersDiffer ? Restart.Yes : Restart.AuditOnly;

    private static Restart Combine(Restart rows, List<ImmutableArray<string>?> pods)
    {
        if (rows == Restart.Yes || pods.Exists(listed => listed is { Length: > 0 })) return Restart.Yes;
        return pods.Exists(listed => listed is null) ? Restart.Unknown : rows;
    }
}
