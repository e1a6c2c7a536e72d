using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>One place of the list as it will be.</summary>
/// <param name="Live">The index of the row that stands there, or -1 for a new one.</param>
/// <param name="Wish">What shall stand there, or null when the row goes.</param>
/// <param name="Fields">Which fields change; empty when the row stays as it is.</param>
internal sealed record RowSlot(int Live, AddonRow? Wish, ImmutableArray<string> Fields)
{
    public bool IsNew => Live < 0;

    public bool Differs => IsNew || Wish is null || Fields.Length > 0;
}

/// <summary>
/// Which rows stay, change, come and go. Rows that stay keep their place; a new one goes behind its predecessor in the
/// wish, else last.
/// </summary>
internal sealed class RowPlan
{
    private readonly ImmutableArray<OverlayRow> live;
    private readonly List<RowSlot> slots;

    private RowPlan(ImmutableArray<OverlayRow> live)
    {
        this.live = live;
        slots = [.. live.Select((_, i) => new RowSlot(i, null, []))];
    }

    public IReadOnlyList<RowSlot> Slots => slots;

    public bool Differs => slots.Any(slot => slot.Differs);

    public bool IsEmptied => slots.All(slot => slot.Wish is null);

    public static RowPlan Of(ImmutableArray<OverlayRow> live, ImmutableArray<AddonRow> wish)
    {
        var plan = new RowPlan(live);
        var matched = new int[wish.Length];
        Array.Fill(matched, -1);
        plan.Match(wish, matched, (row, wished) => ChangedFields(row, wished).IsEmpty);
        plan.Match(wish, matched, (row, wished) => string.Equals(row.Row.Code, wished.Code, StringComparison.Ordinal));
        plan.AddNew(wish, matched);
        return plan;
    }

    public IEnumerable<EditStep> Steps() => slots.Where(slot => slot.Differs).Select(Step);

    /// <summary>The list as Helm will read it.</summary>
    public HelmList Expected() => new([.. slots.Where(slot => slot.Wish is not null).Select(Expected)]);

    /// <summary>The fields that must change; a source alone waits for the row's next real change.</summary>
    private static ImmutableArray<string> ChangedFields(OverlayRow row, AddonRow wished)
    {
        ImmutableArray<string> fields = [.. ManagedKeys.Fields.Where(field => !Holds(row, field, ManagedKeys.FieldOf(wished, field)))];
        return fields is ["source"] && Holds(row, "source", string.Empty) ? [] : fields;
    }

    private static bool Holds(OverlayRow row, string field, string text) => row.Fields.Find(field) switch
    {
        null or HelmNull => text.Length == 0,
        HelmText live => string.Equals(live.Value, text, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>A new row as it is written: the code, and what is not empty.</summary>
    public static HelmMap Fresh(AddonRow row) => HelmMap.From(
        from field in ManagedKeys.Fields
        let text = ManagedKeys.FieldOf(row, field)
        where text.Length > 0 || field == ManagedKeys.Code
        select new HelmEntry(field, new HelmText(text)));

    private void Match(ImmutableArray<AddonRow> wish, int[] matched, Func<OverlayRow, AddonRow, bool> isMatch)
    {
        var open = Enumerable.Range(0, live.Length).Where(i => slots[i].Wish is null);
        var byCode = open.ToLookup(i => live[i].Row.Code, StringComparer.Ordinal);
        for (var j = 0; j < wish.Length; j++)
        {
            if (matched[j] >= 0) continue;
            foreach (var i in byCode[wish[j].Code])
            {
                if (slots[i].Wish is not null || !isMatch(live[i], wish[j])) continue;
                slots[i] = new(i, wish[j], ChangedFields(live[i], wish[j]));
                matched[j] = i;
                break;
            }
        }
    }

    private void AddNew(ImmutableArray<AddonRow> wish, int[] matched)
    {
        RowSlot? predecessor = null;
        for (var j = 0; j < wish.Length; j++)
        {
            if (matched[j] >= 0)
            {
                var at = matched[j];
                predecessor = slots.Find(slot => slot.Live == at);
                continue;
            }

            var added = new RowSlot(-1, wish[j], []);
            var behind = predecessor is null ? -1 : slots.FindIndex(slot => ReferenceEquals(slot, predecessor));
            slots.Insert(behind < 0 ? slots.Count : behind + 1, added);
            predecessor = added;
        }
    }

    private EditStep Step(RowSlot slot) => slot switch
    {
        { IsNew: true } => new RowAdded(slot.Wish!),
        { Wish: null } => new RowRemoved(live[slot.Live].Row),
        _ => new RowChanged(live[slot.Live].Row, slot.Wish),
    };

    private HelmValue Expected(RowSlot slot) => slot.IsNew
        ? Fresh(slot.Wish!)
        : slot.Fields.Aggregate(
            live[slot.Live].Fields, (map, field) => map.With(field, new HelmText(ManagedKeys.FieldOf(slot.Wish!, field))));
}
