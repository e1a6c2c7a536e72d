using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Reads the rings of <c>gitops.yaml</c>.</summary>
internal sealed class RingReader(StrictFile file)
{
    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    public static StrictShape Shape { get; } = StrictShape.Of("name!", "selector", "soak", "maxRestartsPerHour", "freeze");

    public static StrictShape FreezeShape { get; } = StrictShape.Of("from!", "to!", "days");

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
            Freezes = [.. map.Items("freeze").Select(item => item.Map(FreezeShape)).OfType<StrictMap>().Select(ReadFreeze).OfType<Freeze>()],
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

    private static Freeze? ReadFreeze(StrictMap map)
    {
        var (from, to) = (Time(map.Find("from")), Time(map.Find("to")));
        var days = map.Find("days") is { } node ? node.Parsed(Days, "days such as Sat-Sun or Mon,Wed") : [.. Enum.GetValues<DayOfWeek>()];
        return from is { } start && to is { } end && days is not null ? new Freeze(start, end, [.. days]) : null;
    }

    private static TimeOnly? Time(StrictNode? node) =>
        node.Checked(text => Parse(text) is not null, "a time such as \"22:00\"") is { } text ? Parse(text) : null;

    private static TimeOnly? Parse(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static SortedSet<DayOfWeek>? Days(string text)
    {
        var days = new SortedSet<DayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (first, last) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0) return null;
            for (var day = first; ; day = (day + 1) % DayNames.Length)
            {
                days.Add((DayOfWeek)day);
                if (day == last) break;
            }
        }

        return days;
    }
}
