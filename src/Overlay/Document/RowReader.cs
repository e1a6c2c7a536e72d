using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Reads the rows of <c>addons</c>.</summary>
internal sealed class RowReader(ProblemList problems)
{
    private const string ListRemedy = "Write it as a list of rows, each with code, source, image and version.";

    public ImmutableArray<OverlayRow> Read(YamlNode? root, HelmValue? addons)
    {
        if (addons is null or HelmNull) return [];
        var node = root is { } map && KeyName.FindAll(map, ManagedKeys.Addons) is [.., var last] ? last.Value : root!.Value;
        if (addons is HelmList list) return ReadRows(node, list);
        problems.Add(DocumentProblems.AddonsNotAList, node.Start, $"addons is {Kinds.Of(addons)}, not a list.", ListRemedy);
        return [];
    }

    private ImmutableArray<OverlayRow> ReadRows(YamlNode node, HelmList list)
    {
        // Behind an alias or a merge key the rows are readable, but stand elsewhere.
        var nodes = node.Kind == YamlKind.Sequence ? node.Items.ToArray() : [];
        var rows = ImmutableArray.CreateBuilder<OverlayRow>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var place = nodes.Length == list.Items.Length ? nodes[i] : node;
            if (list.Items[i] is HelmMap fields) rows.Add(ReadRow(place, fields));
            else RefuseRow(place, list.Items[i]);
        }

        return rows.ToImmutable();
    }

    private void RefuseRow(YamlNode node, HelmValue row) => problems.Add(
        DocumentProblems.RowNotAMap,
        node.Start,
        $"This row of addons is {Kinds.Of(row)}, not a map.",
        "Write a map with code, source, image and version.");

    private OverlayRow ReadRow(YamlNode node, HelmMap fields)
    {
        RefuseTwice(node);
        var texts = ManagedKeys.Fields.Select(field => TextOf(node, fields, field)).ToArray();
        var typed = ManagedKeys.Fields.All(field => fields.Find(field) is null or HelmNull or HelmText);
        return new(new(texts[0], texts[1], texts[2], texts[3]), fields, typed, problems.PlaceOf(node.ContentStart));
    }

    private void RefuseTwice(YamlNode row)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in row.Pairs)
            if (KeyName.Of(pair.Key) is { } field && ManagedKeys.Fields.Contains(field, StringComparer.Ordinal) && !seen.Add(field))
                problems.Add(
                    DocumentProblems.DuplicateKey, pair.Key.Start, $"The field {field} stands twice in this row.", "Keep one of them.");
    }

    private static string TextOf(YamlNode node, HelmMap fields, string field) => fields.Find(field) switch
    {
        null or HelmNull => string.Empty,
        HelmText text => text.Value,
        _ => node.Find(field) is { Kind: YamlKind.Scalar } scalar ? scalar.Text : string.Empty,
    };
}
