using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Document;

/// <summary>Replaces the value of a key.</summary>
internal sealed class ValueEdit(EditDraft draft, YamlNode map, YamlPair pair)
{
    private readonly TextLines lines = draft.Lines;
    private readonly YamlNode old = pair.Value;

    private bool IsEmpty => old.Start == old.End;

    public static ValueWriter WriterFor(ValueWriter habits, YamlNode map, SetKey set)
    {
        var quotes = map.Pairs.Any() && map.Pairs.All(pair => pair.Key.Style is YamlStyle.DoubleQuoted or YamlStyle.SingleQuoted);
        return habits with { QuoteKeys = quotes, KeyOrder = set.IsRows ? ManagedKeys.Fields : [] };
    }

    public void Replace(int colon, SetKey set)
    {
        if (!draft.IsOwn(old)) return;
        var writer = WriterFor(draft.Writer, map, set);
        var inBraces = map.Style == YamlStyle.Flow || (old.Style == YamlStyle.Flow && (old.Items.Any() || old.Pairs.Any()));
        if (ValueWriter.IsBlock(set.Value) && !inBraces) ReplaceByLines(colon, set.Value, writer);
        else ReplaceByText(colon, writer.Flow(set.Value));
    }

    private void ReplaceByText(int colon, string text)
    {
        if (IsEmpty) draft.Splices.Insert(colon, " " + text);
        else if (old.Style != YamlStyle.Block) draft.Splices.Replace(old.Start, old.End, text + Apart());
        else
        {
            draft.Splices.Insert(colon, " " + text);
            draft.Splices.Delete(lines.StartOf(old.ContentStart), AfterOld());
        }
    }

    private void ReplaceByLines(int colon, HelmValue value, ValueWriter writer)
    {
        var indent = lines.ColumnOf(pair.Key.Start) + (value is HelmList ? writer.DashIndent : writer.Step);
        if (old.Style == YamlStyle.Block && IsSameKind(value)) indent = lines.ColumnOf(old.ContentStart);
        var text = writer.Block(value).Select(line => new string(' ', indent) + line);
        if (IsEmpty) draft.InsertLines(lines.After(colon), colon, text);
        else if (old.Style == YamlStyle.Block || lines.StartOf(old.Start) > colon) ReplaceLines(text);
        else
        {
            draft.Splices.Replace(colon, old.End, Apart());
            draft.InsertLines(AfterOld(), old.End, text);
        }
    }

    private void ReplaceLines(IEnumerable<string> text)
    {
        var start = lines.StartOf(old.ContentStart);
        draft.Splices.Replace(start, AfterOld(), string.Concat(text.Select(line => line + lines.BreakAt(start))));
    }

    // A comment may touch a quote or a bracket, but nothing else.
    private string Apart() => old.End < lines.Length && lines[old.End] == '#' ? " " : string.Empty;

    private bool IsSameKind(HelmValue value) => (old.Kind, value) is (YamlKind.Mapping, HelmMap) or (YamlKind.Sequence, HelmList);

    private int AfterOld() => lines.After(old.End);
}
