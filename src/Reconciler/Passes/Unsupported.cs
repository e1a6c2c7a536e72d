using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Settings that are read and checked but that this version does not act on: said plainly, never ignored.</summary>
internal static class Unsupported
{
    /// <summary>The code of these problems.</summary>
    public const string Code = "OSG0430";

    /// <summary>Looks at a target.</summary>
    /// <param name="settings">The target's settings.</param>
    /// <param name="place">The settings file.</param>
    /// <returns>Errors where going on would do something else than what was asked.</returns>
    public static IEnumerable<Problem> Of(EffectiveSettings settings, Place place)
    {
        var target = settings.Target;
        if (target.Forge.Kind != ForgeKind.None)
            yield return Error("forge: {kind: github} is not supported by this version.", "Use forge: {kind: none}: branches are pushed, and proposals are written to a folder.");
        if (target.Desired.Kind != DesiredKind.Git)
            yield return Error("A database as the source of the wish is not supported by this version.", "Use desired: {kind: git}.");
        if (target.Desired.Repository is not null)
            yield return Error("Another repository for the wish is not supported by this version.", "Keep the wish in a folder or on a branch of the same repository.");
        if (settings.Identity.SigningKeyFile is not null)
            yield return Error("Signed commits are not supported by this version.", "Leave signingKeyFile out.");

        Problem Error(string message, string remedy) => new(Code, Severity.Error, message, remedy, place, null);
    }

    /// <summary>Looks at the repository's own settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>Warnings for what is not acted on; an error where ignoring it could merge or restart something.</returns>
    public static IEnumerable<Problem> Of(GitOpsSettings settings)
    {
        if (!settings.Rings.IsEmpty)
            yield return Warning("rings are read but not acted on by this version: all instances are proposed at once, within the limits.");
        if (settings.AutoMerge != AutoMerge.Never)
            yield return Warning("autoMerge is read but not acted on by this version: people merge.");

        static Problem Warning(string message) =>
            new(Code, Severity.Warning, message, "Leave it out, or wait for a version that acts on it.", new Place(GitOpsSettings.FileName), null);
    }
}
