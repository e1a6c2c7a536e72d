using System.Collections.Immutable;
using System.Globalization;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>How Helm joins user values and chart defaults where nulls are involved; it changed three times.</summary>
internal enum NullRule
{
    /// <summary>Up to 3.19.</summary>
    A,

    /// <summary>3.20.0, 4.0, 4.1.0 to 4.1.2.</summary>
    B,

    /// <summary>3.20.1 to 3.21, 4.1.3 and 4.1.4.</summary>
    C,

    /// <summary>From 4.2.0.</summary>
    D,
}

/// <summary>A version of Helm whose reading of values is known. <c>3</c> means 3.19 (Argo CD up to 3.4), <c>4</c> means 4.2 (Argo CD from 3.5).</summary>
public sealed record HelmVersion
{
    private HelmVersion(int major, int minor, int patch) => (Major, Minor, Patch) = (major, minor, patch);

    /// <summary>One version for each different way of reading values, oldest first.</summary>
    public static ImmutableArray<HelmVersion> Supported { get; } =
        [new(3, 19, 4), new(3, 20, 0), new(3, 21, 0), new(4, 0, 4), new(4, 1, 4), new(4, 2, 4)];

    /// <summary>3 or 4.</summary>
    public int Major { get; }

    /// <summary>The second number.</summary>
    public int Minor { get; }

    /// <summary>The third number.</summary>
    public int Patch { get; }

    internal bool SplitsDocuments => Major == 4;

    /// <summary>3.18.0 alone keeps the digits of the chart's integers, where doubles round those from 2^53 on.</summary>
    internal bool KeepsChartDigits => (Major, Minor, Patch) is (3, 18, 0);

    internal NullRule NullRule => (Major, Minor) switch
    {
        (3, <= 19) => NullRule.A,
        (3, 20) => Patch == 0 ? NullRule.B : NullRule.C,
        (3, _) => NullRule.C,
        (4, 0) => NullRule.B,
        (4, 1) => Patch <= 2 ? NullRule.B : NullRule.C,
        _ => NullRule.D,
    };

    /// <summary>
    /// Why this version's reading is not known, or null: before 3.15 Go wrote JSON differently, 4.1.0 fails on nulls in lists,
    /// and from 4.3 on nobody has looked.
    /// </summary>
    internal string? WhyUnknown => (Major, Minor, Patch) switch
    {
        ( < 3, _, _) or (3, < 15, _) => "Helm before 3.15 writes JSON differently.",
        (4, 1, 0) => "Helm 4.1.0 fails on nulls inside lists; 4.1.1 repaired that.",
        (3, > 21, _) or (4, > 2, _) or (4, 2, > 4) or ( > 4, _, _) => "This version of Helm is newer than what is known here (3.21 and 4.2).",
        _ => null,
    };

    /// <summary>Reads a version.</summary>
    /// <param name="text"><c>3</c>, <c>4</c>, <c>3.17</c> or <c>3.17.3</c>, with or without a <c>v</c>.</param>
    /// <returns>Null when the text is no version.</returns>
    public static HelmVersion? TryParse(string? text)
    {
        if (text is null || text.Length == 0) return null;
        var parts = text[(text[0] == 'v' ? 1 : 0)..].Split('.');
        if (parts.Length > 3) return null;
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        return numbers.Length switch
        {
            1 => Supported.LastOrDefault(known => known.Major == numbers[0] && (numbers[0] != 3 || known.Minor == 19)),
            2 => new(numbers[0], numbers[1], LastPatch(numbers[0], numbers[1])),
            _ => new(numbers[0], numbers[1], numbers[2]),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int LastPatch(int major, int minor) => (major, minor) switch { (3, 20 or 18) => 4, (4, 1 or 2) => 4, _ => 0 };
}
