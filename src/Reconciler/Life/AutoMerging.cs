using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>Whether the forge may merge a change set by itself, and why, in words for the proposal.</summary>
/// <param name="IsOn">Whether it may.</param>
/// <param name="Words">One Markdown line.</param>
internal sealed record AutoMergeChoice(bool IsOn, string Words);

/// <summary>
/// The policy of <c>autoMerge</c>:
/// <code>
/// policy       merges by itself
/// never        nothing
/// no-restart   what changes values that restart nothing
/// audit-only   that, and what changes rows kept for audit alone
/// all          everything
/// </code>
/// A removal is merged by itself under <c>all</c> alone, and a draft never.
/// </summary>
internal static class AutoMerging
{
    /// <summary>Decides.</summary>
    /// <param name="settings">The policy, and whether proposals are drafts.</param>
    /// <param name="set">The change set.</param>
    /// <returns>The choice.</returns>
    public static AutoMergeChoice Of(GitOpsSettings settings, ChangeSet set)
    {
        var word = settings.AutoMerge switch
        {
            AutoMerge.Never => "never",
            AutoMerge.AuditOnly => "audit-only",
            AutoMerge.NoRestart => "no-restart",
            _ => "all",
        };
        if (settings.AutoMerge == AutoMerge.Never) return new(IsOn: false, "Merging: by a person (`autoMerge: never`).");
        if (settings.Draft) return new(IsOn: false, $"Merging: by a person, since this is a draft (`autoMerge: {word}`).");
        var against = set.Changes.FirstOrDefault(change => !Allows(settings.AutoMerge, change));
        return against is null
            ? new(IsOn: true, $"Merging: by itself once all that the branch's rules ask for is there (`autoMerge: {word}`).")
            : new(IsOn: false, $"Merging: by a person, since `{against.Code}` {Why(against)} (`autoMerge: {word}`).");
    }

    private static bool Allows(AutoMerge policy, OverlayChange change) => policy == AutoMerge.All
        || (change.Action != ChangeAction.Retire
            && (change.Forecast.Restart == Restart.No || (policy == AutoMerge.AuditOnly && change.Forecast.Restart == Restart.AuditOnly)));

    private static string Why(OverlayChange change) => change switch
    {
        { Action: ChangeAction.Retire } => "is removed",
        { Forecast.Restart: Restart.Unknown } => "may restart",
        { Forecast.Restart: Restart.AuditOnly } => "restarts for audit",
        _ => "restarts",
    };
}
