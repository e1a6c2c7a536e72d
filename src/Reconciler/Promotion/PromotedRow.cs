using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>One addon of a promotion.</summary>
/// <param name="Row">The row as the source runs it.</param>
/// <param name="Before">The target's row as it is desired now, completed from the catalogue; null when it has none.</param>
/// <param name="Wish">The row as the target's desired state shall say it; what the catalogue says already stays open.</param>
internal sealed record PromotedRow(AddonRow Row, AddonRow? Before, AddonWish Wish)
{
    /// <summary>Why the version is not for the target's Odoo series; null: it fits.</summary>
    public string? Misfit { get; init; }

    /// <summary>Whether the target's desired state must change.</summary>
    public bool Differs => Before != Row;

    /// <summary>The row in words, with a sign: <c>+</c> comes, <c>~</c> changes, <c>=</c> stays.</summary>
    public string Words => Before is null ? $"+ {Row.Code}{Version(Row)}" : !Differs ? $"= {Row.Code}{Version(Row)}" : $"~ {Row.Code}{Version(Before)} → {Change(Before, Row)}";

    private static string Version(AddonRow row) => row.Version.Length == 0 ? string.Empty : " " + row.Version;

    private static string Change(AddonRow before, AddonRow after) =>
        before.Version != after.Version ? after.Version : before.Image != after.Image ? after.Image : after.Source;
}
