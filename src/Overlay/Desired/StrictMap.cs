using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>A map of a known shape in a strict file. Reading a field reports what is wrong with it; a missing one is null.</summary>
public sealed class StrictMap
{
    private readonly Dictionary<string, StrictNode> fields = new(StringComparer.Ordinal);
    private readonly StrictNode node;

    private StrictMap(StrictNode node) => this.node = node;

    /// <summary>Where the map starts.</summary>
    public Place Place => node.Place;

    /// <summary>The field of a key.</summary>
    /// <param name="key">A key of the map's shape.</param>
    /// <returns>The field, or null when the key is missing.</returns>
    public StrictNode? Find(string key) => fields.GetValueOrDefault(key);

    /// <summary>A text.</summary>
    /// <param name="key">A key of the map's shape.</param>
    /// <returns>The text, or null when it is missing or wrong.</returns>
    public string? Text(string key) => Find(key)?.Text();

    /// <summary>The items of a list.</summary>
    /// <param name="key">A key of the map's shape.</param>
    /// <returns>The items; none when the key is missing or wrong.</returns>
    public IReadOnlyList<StrictNode> Items(string key) => Find(key)?.Items() ?? [];

    /// <summary>A map within the map.</summary>
    /// <param name="key">A key of the map's shape.</param>
    /// <param name="shape">The inner map's keys.</param>
    /// <returns>The inner map, or null when it is missing or wrong.</returns>
    public StrictMap? Map(string key, StrictShape shape) => Find(key)?.Map(shape);

    /// <summary>The entries of a map with free keys.</summary>
    /// <param name="key">A key of the map's shape.</param>
    /// <returns>The entries in the order of the file; none when the key is missing or wrong.</returns>
    public IReadOnlyList<StrictEntry> Entries(string key) => Find(key)?.Entries() ?? [];

    internal static StrictMap Read(StrictNode node, StrictShape shape)
    {
        var map = new StrictMap(node);
        foreach (var entry in node.Entries())
            if (shape.Keys.Contains(entry.Key, StringComparer.Ordinal)) map.fields[entry.Key] = entry.Value;
            else node.File.Error(
                node.File.Codes.UnknownKey,
                entry.Place,
                $"The key {TextRules.Quote(entry.Key)} is not known {Within(node)}.",
                NearestWord.Remedy(entry.Key, shape.Keys));
        foreach (var key in shape.Required.Where(key => !map.fields.ContainsKey(key)))
            node.File.Error(
                node.File.Codes.MissingKey,
                node.Place,
                $"The key {key} is missing {Within(node)}.",
                $"Write {key}: with its value.");
        return map;
    }

    private static string Within(StrictNode node) => node.Name.Length == 0 ? "at the root of this file" : $"in {node.Name}";
}

/// <summary>A key and what it holds, in a map with free keys.</summary>
public sealed class StrictEntry
{
    private readonly StrictFile file;
    private readonly YamlNode node;

    internal StrictEntry(StrictFile file, YamlNode node, string key, StrictNode value)
    {
        this.file = file;
        this.node = node;
        Key = key;
        Value = value;
    }

    /// <summary>The key's text.</summary>
    public string Key { get; }

    /// <summary>What it holds.</summary>
    public StrictNode Value { get; }

    /// <summary>Where the key stands.</summary>
    public Place Place => file.PlaceOf(node);
}
