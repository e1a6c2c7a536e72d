using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>A pair or an item that comes into a map or list.</summary>
/// <param name="After">The index of the entry behind which it comes.</param>
/// <param name="Key">The key, or null for an item of a list.</param>
/// <param name="Value">The value.</param>
/// <param name="Writer">How it is written there.</param>
internal sealed record NewEntry(int After, string? Key, HelmValue Value, ValueWriter Writer)
{
    /// <summary>Whether an item of a block list is written in braces, as its neighbours are.</summary>
    public bool InBraces { get; init; }

    public string Flow() => Key is null ? Writer.Flow(Value) : Writer.FlowPair(Key, Value);

    public IEnumerable<string> Lines() => Key is not null
        ? Writer.KeyLines(Key, Value)
        : InBraces ? ["-".PadRight(Writer.DashWidth) + Writer.Flow(Value)] : Writer.ItemLines(Value);
}
