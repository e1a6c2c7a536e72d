using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads the rows of an instance's file, and what can be said of them without the catalogue.</summary>
internal sealed class AddonRowReader(StrictFile file)
{
    private readonly Dictionary<string, (string Code, Place Place)> seen = new(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<AddonWish> Read(StrictMap root) =>
        [.. root.Items("addons").Select(item => item.Map(DesiredShapes.AddonRow)).OfType<StrictMap>().Select(ReadRow).OfType<AddonWish>()];

    /// <summary>Reads a source, an image or a version, where missing, null and "" are the same.</summary>
    public static string? Optional(StrictMap map, string key, ref bool sound)
    {
        if (map.Find(key) is not { IsNull: false } node) return null;
        var text = node.Text();
        sound &= text is not null;
        return text is { Length: > 0 } ? text : null;
    }

    /// <summary>Reports a source of the wrong form.</summary>
    public static void CheckSource(StrictMap map)
    {
        if (map.Find("source") is { IsNull: false } node && node.Peek() is { Length: > 0 } text && !TextRules.IsSource(text))
            node.File.Error(
                DesiredCodes.InvalidSource,
                node.Place,
                $"{node.Name} is {TextRules.Quote(text)}, which is no source.",
                "Use a-z, 0-9 and -, with a letter first.");
    }

    /// <summary>Reports an addon's code of the wrong form, or one that stands twice.</summary>
    public bool CheckCode(string code, Place place)
    {
        if (!TextRules.IsAddonCode(code))
        {
            file.Error(
                DesiredCodes.InvalidAddonCode,
                place,
                $"{TextRules.Quote(code)} is no addon code.",
                "Use letters, digits, _ and -, with a letter or digit first.");
            return false;
        }

        if (seen.TryAdd(code, (code, place))) return true;
        var (first, at) = seen[code];
        var twin = string.Equals(first, code, StringComparison.Ordinal) ? "twice" : $"twice, but for letter case ({first})";
        file.Error(
            DesiredCodes.DuplicateAddon,
            place,
            $"The addon {code} stands {twin}; it stood before {(at.Key is null ? $"in line {at.Line}" : $"at {at}")}.",
            "Keep one of the two.");
        return false;
    }

    private static string? Shared(string? text) => text is null ? null : Recurring.Texts.Of(text);

    private AddonWish? ReadRow(StrictMap row)
    {
        if (row.Find("code") is not { } node || node.Text() is not { } code) return null;
        var sound = CheckCode(code, node.Place);
        CheckSource(row);
        var (source, image, version) = (Optional(row, "source", ref sound), Optional(row, "image", ref sound), Optional(row, "version", ref sound));
        return new AddonWish(Recurring.Texts.Of(code), Shared(source), Shared(image), Shared(version)) { Place = node.Place, Sound = sound };
    }
}
