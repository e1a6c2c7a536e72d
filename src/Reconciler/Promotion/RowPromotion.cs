using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>
/// Carries the rows that one instance runs over to what another desires. A version fits the target's Odoo series when the source has
/// that series too, or the catalogue names this version for it, or the version begins with it, as Odoo's own versions do. Rows that
/// only the target has stay: what is not promoted is not removed.
/// </summary>
/// <param name="source">The source's desired instance, or null when it has none.</param>
/// <param name="target">The target's desired instance.</param>
/// <param name="catalog">The catalogue, or null when there is none.</param>
internal sealed class RowPromotion(InstanceWish? source, InstanceWish target, CatalogFile? catalog)
{
    private readonly bool sameSeries = source?.Series is { } series && series == target.Series;

    /// <summary>Carries rows over.</summary>
    /// <param name="rows">The rows that the source runs.</param>
    /// <returns>What becomes of each, in the same order.</returns>
    public ImmutableArray<PromotedRow> Of(IEnumerable<AddonRow> rows) => [.. rows.Select(One)];

    /// <summary>The target's rows after a promotion: those that are there keep their place.</summary>
    /// <param name="rows">The promotion's rows.</param>
    /// <param name="newLast">Whether new rows go to the end, as in a table; else each goes behind the one that it follows in the source.</param>
    /// <returns>All rows.</returns>
    public ImmutableArray<AddonWish> After(ImmutableArray<PromotedRow> rows, bool newLast)
    {
        var after = target.Addons.ToList();
        var last = -1;
        foreach (var row in rows)
        {
            var at = after.FindIndex(wish => Same(wish.Code, row.Row.Code));
            if (at < 0) after.Insert(at = newLast || last < 0 ? after.Count : last + 1, row.Wish);
            else after[at] = row.Wish;
            last = at;
        }

        return [.. after];
    }

    private PromotedRow One(AddonRow running)
    {
        var wanted = sameSeries || Column(running.Code) is not { } column || column.Version != running.Version
            ? running
            : running with { Image = column.Image ?? catalog!.Entries[running.Code].Image ?? running.Image };
        var there = target.Addons.FirstOrDefault(wish => Same(wish.Code, wanted.Code));
        var before = there is null ? null : Completed(there);
        return new PromotedRow(wanted, before, before == wanted ? there! : Wish(there, wanted)) { Misfit = Misfit(wanted) };
    }

    // A field that the target's row leaves to the catalogue stays open as long as the catalogue says the same.
    private AddonWish Wish(AddonWish? there, AddonRow wanted)
    {
        var open = Completed(new AddonWish(wanted.Code, null, null, null) { Place = target.Place });
        return new AddonWish(
            there?.Code ?? wanted.Code,
            Field(there?.Source, open.Source, wanted.Source),
            Field(there?.Image, open.Image, wanted.Image),
            Field(there?.Version, open.Version, wanted.Version)) { Place = target.Place };
    }

    private static string? Field(string? there, string open, string wanted) =>
        wanted.Length == 0 ? null : there is null && open == wanted ? null : wanted;

    private AddonRow Completed(AddonWish wish)
    {
        var entry = catalog?.Entries.GetValueOrDefault(wish.Code);
        var named = wish.Source ?? entry?.Source ?? string.Empty;
        if (named == AddonRow.BuiltinSource) return new AddonRow(wish.Code, named, wish.Image ?? string.Empty, wish.Version ?? string.Empty);
        var column = Column(wish.Code);
        return new AddonRow(wish.Code, named, wish.Image ?? column?.Image ?? entry?.Image ?? string.Empty, wish.Version ?? column?.Version ?? string.Empty);
    }

    private CatalogVersion? Column(string code) =>
        target.Series is { } series ? catalog?.Entries.GetValueOrDefault(code)?.Series.GetValueOrDefault(series) : null;

    private string? Misfit(AddonRow row)
    {
        if (row.Source == AddonRow.BuiltinSource || sameSeries) return null;
        if (target.Series is not { } series) return $"{target.Code} names no Odoo series (odoo), so nobody can say whether {row.Version} fits";
        if (Column(row.Code)?.Version == row.Version || row.Version == series || row.Version.StartsWith(series + ".", StringComparison.Ordinal)) return null;
        var other = catalog?.Entries.GetValueOrDefault(row.Code)?.Series.Where(column => column.Value.Version == row.Version).Select(column => column.Key).FirstOrDefault();
        return other is not null ? $"the catalogue has {row.Version} for {other}, and {target.Code} is of {series}"
            : Column(row.Code) is { } column ? $"the catalogue has {column.Version} for {series}, not {row.Version}"
            : $"the catalogue has no version for {series}";
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
