using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>Wishes for a generated file.</summary>
internal sealed class GeneratedWish(int seed)
{
    private static readonly ValuePath[] Paths = [.. new[] { "image.tag", "resources.odoo.limits.cpu", "image.nothing" }.Select(path => new ValuePath([.. path.Split('.')]))];
    private readonly Dice random = new(seed);

    /// <summary>Rows go, change and come; values are set and unset.</summary>
    public OverlayWish Any(GeneratedOverlay overlay)
    {
        var rows = overlay.Rows.Where(_ => !Chance(25)).Select(row => Chance(30) ? Changed(row) : row).ToList();
        rows = Added(rows);
        if (Chance(10)) rows.Reverse();
        var unset = Paths.Where(_ => Chance(15)).ToImmutableArray();
        return Of(rows) with { Values = Values(unset), Unset = unset };
    }

    /// <summary>New rows only.</summary>
    public OverlayWish More(GeneratedOverlay overlay) => Of(Added([.. overlay.Rows]));

    /// <summary>Every row stays, some with another version.</summary>
    public OverlayWish Upgraded(GeneratedOverlay overlay) => Of(overlay.Rows.Select(row => row.Version.Length > 0 && Chance(50) ? row with { Version = "99" } : row));

    public static OverlayWish Of(IEnumerable<AddonRow> rows) => new(WishFile.Acme, null, [.. rows], HelmMap.Empty, []);

    private bool Chance(int percent) => random.Next(100) < percent;

    private AddonRow Changed(AddonRow row) => random.Next(4) switch
    {
        0 => row with { Image = "other.example/" + row.Code },
        1 => row with { Source = "else" },
        2 => row with { Source = AddonRow.BuiltinSource, Image = "", Version = "" },
        _ => row with { Version = string.Create(CultureInfo.InvariantCulture, $"18.{random.Next(99)}") },
    };

    private List<AddonRow> Added(List<AddonRow> rows)
    {
        for (var i = random.Next(4); i > 0; i--)
            rows.Insert(random.Next(rows.Count + 1), new($"new_{i}", Chance(30) ? AddonRow.BuiltinSource : "oca", Chance(70) ? "r/new" : "", "1.0"));
        return rows;
    }

    private HelmMap Values(ImmutableArray<ValuePath> unset)
    {
        var values = HelmMap.Empty;
        if (Chance(40) && !unset.Contains(Paths[0])) values = Map("image", Map("tag", Scalar()));
        if (Chance(30)) values = values.With("hosts", new HelmList([.. Enumerable.Range(0, random.Next(3)).Select(_ => Scalar())]));
        if (Chance(30) && !unset.Contains(Paths[1])) values = values.With("resources", Map("odoo", Map("limits", Map("cpu", Scalar()).With("disk", Scalar()))));
        if (Chance(20)) values = values.With("fresh", Map("deep", Map("er", Scalar())));
        return values;
    }

    private static HelmMap Map(string key, HelmValue value) => HelmMap.Empty.With(key, value);

    private HelmValue Scalar() => random.Next(7) switch
    {
        0 => new HelmNumber(random.Next(100)),
        1 => new HelmNumber(random.NextDouble() * 1e-9),
        2 => new HelmBoolean(Chance(50)),
        3 => HelmNull.Instance,
        4 => new HelmText("no"),
        5 => new HelmList([new HelmText("x"), HelmMap.Empty.With("k", new HelmNumber(1)).With("l", HelmNull.Instance)]),
        _ => new HelmText("a\n\"b\" # ü \U0001F600"),
    };
}
