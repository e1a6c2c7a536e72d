using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Changes rows of the list <c>addons</c> where they stand.</summary>
internal sealed class RowsEdit(EditDraft draft)
{
    /// <summary>Changes the list, which has at least one row.</summary>
    /// <param name="list">The list.</param>
    /// <param name="colon">Behind the colon of <c>addons</c>.</param>
    /// <param name="plan">What changes.</param>
    public void Apply(YamlNode list, int colon, RowPlan plan)
    {
        if (SharedText.Around(list) is { } shared)
        {
            draft.RefuseShared(shared);
            return;
        }

        ImmutableArray<YamlNode> items = [.. list.Items];
        foreach (var slot in plan.Slots)
            if (!slot.IsNew && slot.Differs && draft.IsOwn(items[slot.Live]) && slot.Wish is not null)
                new RowEdit(draft, items[slot.Live]).Apply(slot);
        var removed = plan.Slots.Where(slot => slot.Wish is null).Select(slot => slot.Live).ToList();
        var added = Added(plan, items).ToList();
        ImmutableArray<Entry> entries = [.. items.Select(item => Entry.Of(item, draft.Lines))];
        if (removed.Count == 0 && added.Count == 0) return;
        if (list.Style == YamlStyle.Flow) new FlowEntries(draft, list, entries).Edit(removed, added);
        else EditBlock(new(draft, entries), removed, added);
        if (list.Style == YamlStyle.Block && plan.IsEmptied) draft.Splices.Insert(colon, " []");
    }

    private static void EditBlock(BlockEntries block, List<int> removed, List<NewEntry> added)
    {
        foreach (var i in removed) block.Remove(i);
        foreach (var group in added.GroupBy(entry => entry.After)) block.Add([.. group]);
    }

    private IEnumerable<NewEntry> Added(RowPlan plan, ImmutableArray<YamlNode> items)
    {
        var after = 0;
        foreach (var slot in plan.Slots)
            if (slot.IsNew) yield return Added(items[after], after, slot.Wish!);
            else after = slot.Live;
    }

    private NewEntry Added(YamlNode neighbour, int after, AddonRow row)
    {
        var keys = neighbour.Pairs.Select(pair => KeyName.Of(pair.Key)).OfType<string>().ToList();
        var quotes = neighbour.Pairs.All(pair => pair.Key.Style is YamlStyle.DoubleQuoted or YamlStyle.SingleQuoted) && keys.Count > 0;
        var writer = draft.Writer with { KeyOrder = RowOrder(keys), QuoteKeys = quotes, DashWidth = DashWidth(neighbour) };
        return new(after, null, RowPlan.Fresh(row), writer) { InBraces = neighbour.Style == YamlStyle.Flow };
    }

    private int DashWidth(YamlNode item)
    {
        if (item.IndicatorStart < 0 || item.Start != item.ContentStart) return 2;
        var sameLine = draft.Lines.StartOf(item.Start) == draft.Lines.StartOf(item.IndicatorStart);
        return sameLine ? item.Start - item.IndicatorStart : 2;
    }

    // The neighbour's order; a field that it lacks stands behind the one before it in the usual order.
    private static ImmutableArray<string> RowOrder(List<string> neighbour)
    {
        var order = neighbour.Where(ManagedKeys.Fields.Contains).ToList();
        for (var i = 0; i < ManagedKeys.Fields.Length; i++)
            if (!order.Contains(ManagedKeys.Fields[i], StringComparer.Ordinal))
                order.Insert(i == 0 ? 0 : order.IndexOf(ManagedKeys.Fields[i - 1]) + 1, ManagedKeys.Fields[i]);
        return [.. order];
    }
}
