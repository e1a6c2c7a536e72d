using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Which valid settings this version does not act on: they are read, checked, and said aloud.</summary>
internal static class UnsupportedSettings
{
    /// <summary>
    /// An error where going on would do something else than was asked for; a warning where less is done than was asked for,
    /// and people still decide about every merge.
    /// </summary>
    public static ImmutableArray<Problem> Of(EffectiveSettings settings)
    {
        var (target, gitOps, noForge) = (settings.Target, settings.GitOps, settings.Target.Forge.Kind == ForgeKind.None);
        (bool Used, Severity Severity, string Key, string Effect)[] all =
        [
            (target.Desired.Repository is not null, Severity.Error, "desired.repository", "desired state is read from the overlays' repository alone"),
            (target.Cluster is not null, Severity.Warning, "cluster", "no rollout is verified"),
            (noForge && gitOps.Rings.Any(NeedsTimes), Severity.Warning, "rings", "without a forge nobody says when something was merged, so that soak and maxRestartsPerHour are not kept"),
            (noForge && gitOps.AutoMerge != AutoMerge.Never, Severity.Warning, "autoMerge", "nothing is merged without a person"),
        ];
        return [.. all.Where(each => each.Used).Select(each => Say(settings, each.Severity, each.Key, each.Effect))];
    }

    private static bool NeedsTimes(Ring ring) => ring.Soak > TimeSpan.Zero || ring.MaxRestartsPerHour is not null;

    private static Problem Say(EffectiveSettings settings, Severity severity, string key, string effect)
    {
        var origin = settings.Origins.GetValueOrDefault(key)?.Name ?? (key == "rings" ? GitOpsSettings.FileName : ServiceSettings.FileName);
        return new Problem(
            SettingsCodes.NotSupported,
            severity,
            $"This version does not act on {key}: {effect}.",
            "Take it out, or use a version that supports it.",
            new Place(origin),
            null);
    }
}
