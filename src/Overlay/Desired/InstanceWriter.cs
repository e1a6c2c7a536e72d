using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Writes an instance's file in block style, so that the strict reader reads back the same wish.</summary>
internal sealed class InstanceWriter
{
    private readonly StringBuilder text = new();

    public static string Write(InstanceWish instance)
    {
        var writer = new InstanceWriter();
        writer.Field("apiVersion", StrictFile.ApiVersion);
        writer.Field("kind", "Instance");
        writer.Field("code", instance.Code.Text);
        if (instance.State != InstanceState.Present) writer.Field("state", EnumWords.Word(instance.State));
        writer.Field("target", instance.Target);
        if (!instance.Labels.IsEmpty) writer.Entry("labels", Map(instance.Labels.Select(label => (label.Key, label.Value))), 0);
        writer.Field("odoo", instance.Series);
        writer.Field("cloneFromCode", instance.CloneFrom?.Text);
        writer.Rows(instance);
        if (instance.Values.Entries.Length > 0) writer.Entry("values", instance.Values, 0);
        if (!instance.Unset.IsEmpty) writer.Entry("unset", new HelmList([.. instance.Unset.Select(path => new HelmText(path.ToString()))]), 0);
        writer.Field("requestedBy", instance.Request.RequestedBy);
        writer.Field("reason", instance.Request.Reason);
        writer.Field("ticket", instance.Request.Ticket);
        return writer.text.ToString();
    }

    private static HelmMap Map(IEnumerable<(string Key, string Value)> entries) =>
        HelmMap.From(entries.Select(entry => new HelmEntry(entry.Key, new HelmText(entry.Value))));

    private void Field(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Line(0, $"{key}: {YamlText.Of(value)}");
    }

    // In the order in which people read a row, where a map would sort the keys.
    private void Rows(InstanceWish instance)
    {
        if (instance.Addons.IsEmpty) return;
        Line(0, "addons:");
        foreach (var row in instance.Addons)
        {
            Line(2, $"- code: {YamlText.Of(row.Code)}");
            if (row.Source is { Length: > 0 } source) Line(4, $"source: {YamlText.Of(source)}");
            if (row.Image is { Length: > 0 } image) Line(4, $"image: {YamlText.Of(image)}");
            if (row.Version is { Length: > 0 } version) Line(4, $"version: {YamlText.Of(version)}");
        }
    }

    private void Entry(string key, HelmValue value, int indent)
    {
        if (Inline(value) is { } inline) Line(indent, $"{YamlText.Of(key)}: {inline}");
        else
        {
            Line(indent, $"{YamlText.Of(key)}:");
            Block(value, indent + 2);
        }
    }

    private void Block(HelmValue value, int indent)
    {
        if (value is HelmMap map)
            foreach (var entry in map.Entries) Entry(entry.Key, entry.Value, indent);
        if (value is not HelmList list) return;
        foreach (var item in list.Items) Item(item, indent);
    }

    private void Item(HelmValue item, int indent)
    {
        if (Inline(item) is { } inline)
        {
            Line(indent, "- " + inline);
            return;
        }

        // The first line of what follows takes the place of the dash's blanks.
        var start = text.Length;
        Block(item, indent + 2);
        text[start + indent] = '-';
    }

    private static string? Inline(HelmValue value) => value switch
    {
        HelmText plain => YamlText.Of(plain.Value),
        HelmBoolean boolean => boolean.Value ? "true" : "false",
        HelmInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        HelmNumber number => YamlText.Of(number.Value),
        HelmNull => "null",
        HelmMap { Entries.Length: 0 } => "{}",
        HelmList { Items.Length: 0 } => "[]",
        _ => null,
    };

    private void Line(int indent, string line) => text.Append(' ', indent).Append(line).Append('\n');
}
