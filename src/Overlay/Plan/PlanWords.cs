using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Plan;

/// <summary>A change in words. Preview, commit and pull request all use these, so that they say the same.</summary>
public static class PlanWords
{
    private const int NamedSteps = 4;

    /// <summary>The change in one sentence.</summary>
    /// <param name="change">A change whose steps, action and forecast are known.</param>
    /// <returns>A sentence without the instance's code.</returns>
    public static string Sentence(OverlayChange change) => change.Action switch
    {
        ChangeAction.Create => string.Create(CultureInfo.InvariantCulture, $"New instance with {Count(change.Steps.OfType<RowAdded>().Count(), "addon row")}; it starts for the first time."),
        ChangeAction.Retire => "The overlay is removed: the instance is retired and stops for good.",
        ChangeAction.Orphaned => "No desired instance has this code; it is left alone.",
        ChangeAction.Suspended => "Suspended: nothing is changed until the desired state says present.",
        ChangeAction.Stopped => "Stopped by a problem; see the list of problems.",
        ChangeAction.Update => $"{Steps(change.Steps)}; {Cost(change.Forecast)}.",
        _ => "Nothing differs.",
    };

    /// <summary>What a change costs, without a full stop.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <returns>Words such as <c>the odoo pod restarts (1 init container changes)</c>.</returns>
    public static string Cost(Forecast forecast) => forecast.Restart switch
    {
        Restart.No => "no pod restarts",
        Restart.AuditOnly => "the odoo pod restarts for audit only (the hash changes, no init container does)",
        Restart.Unknown => $"a restart can't be ruled out (the chart does not say what {Paths(forecast)} rolls)",
        _ => $"{Pods(forecast.Pods)}{Containers(forecast.InitContainers)}",
    };

    /// <summary>One step in words.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Words such as <c>web_timeline 17.0.1 → 17.0.2</c>.</returns>
    public static string Step(EditStep step) => step switch
    {
        RowAdded added => $"+{added.Row.Code}{Version(added.Row.Version)}",
        RowRemoved removed => $"−{removed.Row.Code}{Version(removed.Row.Version)}",
        RowChanged changed => Changed(changed),
        ValueSet set => $"{set.Path} {Value(set.Before)} → {Value(set.After)}",
        ValueUnset unset => $"−{unset.Path} {Value(unset.Before)}",
        _ => step.ToString() ?? string.Empty,
    };

    /// <summary>How a <see cref="Restart"/> is written everywhere.</summary>
    /// <param name="restart">The forecast's answer.</param>
    /// <returns><c>yes</c>, <c>no</c>, <c>audit-only</c> or <c>unknown</c>.</returns>
    public static string Word(Restart restart) => restart switch
    {
        Restart.Yes => "yes",
        Restart.No => "no",
        Restart.AuditOnly => "audit-only",
        _ => "unknown",
    };

    /// <summary>How an action is written everywhere.</summary>
    /// <param name="action">The action.</param>
    /// <returns>One lower-case word.</returns>
    public static string Word(ChangeAction action) => action switch
    {
        ChangeAction.Create => "create",
        ChangeAction.Update => "update",
        ChangeAction.Retire => "retire",
        ChangeAction.Orphaned => "orphaned",
        ChangeAction.Suspended => "suspended",
        ChangeAction.Stopped => "stopped",
        _ => "unchanged",
    };

    /// <summary>A count with its noun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular.</param>
    /// <returns><c>1 addon</c>, <c>2 addons</c>.</returns>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    private static string Steps(ImmutableArray<EditStep> steps)
    {
        var named = string.Join(", ", steps.Take(NamedSteps).Select(Step));
        return steps.Length <= NamedSteps ? named : $"{named} and {steps.Length - NamedSteps} more";
    }

    private static string Changed(RowChanged changed)
    {
        var (before, after) = (changed.Before, changed.After);
        if (before == after) return $"{after.Code} written as text";
        if (!string.Equals(before.Version, after.Version, StringComparison.Ordinal))
            return $"{after.Code} {Named(before.Version)} → {Named(after.Version)}";
        return string.Equals(before.Image, after.Image, StringComparison.Ordinal)
            ? $"{after.Code} source {Named(before.Source)} → {Named(after.Source)}"
            : $"{after.Code} image {Named(before.Image)} → {Named(after.Image)}";
    }

    private static string Pods(ImmutableArray<string> pods) =>
        pods.Length == 1 ? $"the {pods[0]} pod restarts" : $"the pods {string.Join(" and ", pods)} restart";

    private static string Containers(ImmutableArray<InitContainerChange> changes) => changes.Length switch
    {
        0 => string.Empty,
        1 => " (1 init container changes)",
        _ => $" ({changes.Length} init containers change)",
    };

    private static string Paths(Forecast forecast) => string.Join(", ", forecast.Paths);

    private static string Version(string version) => version.Length == 0 ? string.Empty : " " + version;

    private static string Named(string text) => text.Length == 0 ? "(none)" : text;

    private static string Value(HelmValue? value) => value is null ? "(none)" : Encoding.UTF8.GetString(GoJson.Write(value));
}
