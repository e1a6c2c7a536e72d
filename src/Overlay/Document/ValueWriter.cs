using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Writes values as YAML lines without their outer indentation, in a file's habits.</summary>
internal sealed record ValueWriter
{
    /// <summary>By how many columns a map stands to the right of its key.</summary>
    public int Step { get; init; } = 2;

    /// <summary>By how many columns a list's dashes stand to the right of its key.</summary>
    public int DashIndent { get; init; } = 2;

    /// <summary>From a dash to what follows it.</summary>
    public int DashWidth { get; init; } = 2;

    /// <summary>Whether the neighbours quote their keys, as JSON does.</summary>
    public bool QuoteKeys { get; init; }

    /// <summary>These keys come first, in this order; all others by their UTF-8 bytes.</summary>
    public ImmutableArray<string> KeyOrder { get; init; } = [];

    /// <summary>Whether the value needs lines of its own in block style.</summary>
    public static bool IsBlock(HelmValue value) => value is HelmMap { Entries.Length: > 0 } or HelmList { Items.Length: > 0 };

    public IEnumerable<string> Block(HelmValue value) => value switch
    {
        HelmMap { Entries.Length: > 0 } map => Ordered(map).SelectMany(entry => KeyLines(entry.Key, entry.Value)),
        HelmList { Items.Length: > 0 } list => list.Items.SelectMany(ItemLines),
        _ => [Flow(value)],
    };

    public IEnumerable<string> KeyLines(string key, HelmValue value)
    {
        if (!IsBlock(value)) return [$"{Key(key)}: {Flow(value)}"];
        var indent = new string(' ', value is HelmList ? DashIndent : Step);
        return Block(value).Select(line => indent + line).Prepend(Key(key) + ":");
    }

    public IEnumerable<string> ItemLines(HelmValue value) =>
        Block(value).Select((line, i) => (i == 0 ? "-" : string.Empty).PadRight(DashWidth) + line);

    public string Flow(HelmValue value) => value switch
    {
        HelmMap map => "{" + string.Join(", ", Ordered(map).Select(entry => FlowPair(entry.Key, entry.Value))) + "}",
        HelmList list => "[" + string.Join(", ", list.Items.Select(Flow)) + "]",
        _ => ScalarWriter.Of(value),
    };

    public string FlowPair(string key, HelmValue value) => $"{Key(key)}: {Flow(value)}";

    private string Key(string key) => ScalarWriter.Key(key, QuoteKeys);

    private IEnumerable<HelmEntry> Ordered(HelmMap map) =>
        map.Entries.OrderBy(entry => KeyOrder.IndexOf(entry.Key) is var at && at < 0 ? int.MaxValue : at);
}
