using System.Globalization;
using System.Runtime.InteropServices;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// A key as goyaml's map holds it, and the text that JSON makes of it. Keys are the same when kind and exact text are; two
/// different keys may get the same text (<c>1</c> and <c>"1"</c>).
/// </summary>
/// <param name="Kind">What the key means.</param>
/// <param name="Exact">The value, so that equal values have equal texts.</param>
/// <param name="Text">What it becomes; null when JSON cannot have it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MapKey(ScalarKind Kind, string Exact, string? Text)
{
    public static MapKey Of(in Scalar scalar, string text, int position) => scalar.Kind switch
    {
        ScalarKind.Text => new(scalar.Kind, text, text),
        ScalarKind.True => new(scalar.Kind, "true", "true"),
        ScalarKind.False => new(scalar.Kind, "false", "false"),
        ScalarKind.Integer => OfInteger(scalar.Bits.ToString(CultureInfo.InvariantCulture)),
        ScalarKind.Float => OfFloat(scalar.Number, position),
        _ => new(scalar.Kind, scalar.Bits.ToString(CultureInfo.InvariantCulture), null),
    };

    /// <summary>
    /// Bytes that are no UTF-8: Go's map holds them as they are, and JSON makes the same text of different ones. The lone surrogate
    /// keeps them apart from every text.
    /// </summary>
    public static MapKey OfBytes(string base64, string text) =>
        new(ScalarKind.Text, '\uD800' + string.Concat(base64.Where(letter => letter is not ('\n' or '\r'))), text);

    public bool IsSameAs(in MapKey other) => Kind == other.Kind && string.Equals(Exact, other.Exact, StringComparison.Ordinal);

    private static MapKey OfInteger(string text) => new(ScalarKind.Integer, text, text);

    /// <summary>In Go a NaN equals nothing, not even itself, and -0 equals 0.</summary>
    private static MapKey OfFloat(double value, int position)
    {
        var exact = double.IsNaN(value) ? FormattableString.Invariant($"nan at {position}") : (value + 0.0).ToString("R", CultureInfo.InvariantCulture);
        return new(ScalarKind.Float, exact, GoFloat.KeyText(value));
    }
}

/// <summary>A map while its pairs are read: the last value of a key wins.</summary>
internal sealed class MapBuilder
{
    /// <summary>Below this a walk is faster than hashing.</summary>
    private const int Few = 12;

    private readonly List<Slot> slots = [];
    private Dictionary<(ScalarKind Kind, string Exact), int>? places;

    public void Set(in MapKey key, int position, HelmValue value)
    {
        var slot = new Slot(key, position, value);
        var at = Find(key);
        if (at >= 0)
        {
            slots[at] = slot;
            return;
        }

        places?.Add((key.Kind, key.Exact), slots.Count);
        slots.Add(slot);
        if (places is null && slots.Count == Few) places = slots.Select((each, i) => (each, i)).ToDictionary(pair => (pair.each.Key.Kind, pair.each.Key.Exact), pair => pair.i);
    }

    /// <summary>Sets all keys of another map, as a merge key does.</summary>
    public void SetAll(MapBuilder other)
    {
        foreach (var slot in other.slots) Set(slot.Key, slot.Position, slot.Value);
    }

    /// <summary>The map, or the flaw that JSON would find in its keys.</summary>
    public HelmValue Build(out bool isFlawed)
    {
        isFlawed = true;
        slots.Sort(static (left, right) => Utf8Order.Instance.Compare(left.Key.Text, right.Key.Text));
        places = null;
        if (slots.Count > 0 && slots[0].Key.Text is null) return BadKey(slots[0]);
        for (var i = 1; i < slots.Count; i++)
            if (string.Equals(slots[i - 1].Key.Text, slots[i].Key.Text, StringComparison.Ordinal))
                return Collision(slots[i]);
        isFlawed = false;
        return HelmMap.FromSorted([.. slots.Select(slot => new HelmEntry(slot.Key.Text!, slot.Value))]);
    }

    private int Find(in MapKey key)
    {
        if (places is not null) return places.TryGetValue((key.Kind, key.Exact), out var place) ? place : -1;
        for (var i = 0; i < slots.Count; i++)
            if (slots[i].Key.IsSameAs(key))
                return i;
        return -1;
    }

    private static HelmFlaw BadKey(in Slot slot) =>
        new(FailureKind.HelmFails, "key-kind", "A key is null or an integer too large for 64 bits with sign; quote it.", slot.Position);

    private static HelmFlaw Collision(in Slot slot) => new(
        FailureKind.Refused,
        "colliding-keys",
        $"Two keys become the same text '{slot.Key.Text}' (such as 1 and \"1\", yes and \"true\"); Helm picks one by chance. Remove one.",
        slot.Position);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slot(MapKey Key, int Position, HelmValue Value);
}
