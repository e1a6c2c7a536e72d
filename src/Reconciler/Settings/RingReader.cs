using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads the rings of <c>gitops.yaml</c>.</summary>
internal sealed class RingReader(StrictFile file)
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    public static StrictShape Shape { get; } = StrictShape.Of("name!", "selector", "soak", "maxRestartsPerHour", "freeze");

    public ImmutableArray<Ring> Read(StrictNode rings) =>
        [.. rings.Items().Select(item => item.Map(Shape)).OfType<StrictMap>().Select(ReadRing).OfType<Ring>()];

    private Ring? ReadRing(StrictMap map)
    {
        var selector = map.Find("selector").Parsed(Selector, "labels such as ring=canary, joined by commas");
        var ring = new Ring
        {
            Name = map.Find("name").Checked(LabelText.IsValid, "a name of letters, digits, -, _ and .") ?? string.Empty,
            Selector = selector?.ToImmutableArray() ?? [],
            Soak = map.Find("soak").Span(TimeSpan.Zero, TimeSpan.FromDays(30)) ?? TimeSpan.Zero,
            MaxRestartsPerHour = (int?)map.Find("maxRestartsPerHour")?.Whole(1, 10_000),
            Freezes = FreezeReader.Read(map, "freeze"),
        };
        if (ring.Name.Length == 0) return null;
        if (names.Add(ring.Name)) return ring;
        file.Error(SettingsCodes.DuplicateKey, map.Place, $"The ring {ring.Name} stands twice.", "Give each ring its own name.");
        return null;
    }

    private static List<(string, string)>? Selector(string text)
    {
        var labels = new List<(string, string)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = part.Split('=');
            if (sides.Length != 2 || !LabelText.IsValid(sides[0]) || !LabelText.IsValid(sides[1])) return null;
            labels.Add((sides[0], sides[1]));
        }

        return labels;
    }
}
