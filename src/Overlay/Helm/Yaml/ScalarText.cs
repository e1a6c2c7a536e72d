using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>A scalar's text, read again by the rules that found its end.</summary>
internal static class ScalarText
{
    public static string Decode(ReadOnlySpan<byte> text, in YamlEntry entry)
    {
        if (entry.Verbatim) return Encoding.UTF8.GetString(entry.Raw(text));
        var bytes = new PooledList<byte>(entry.End - entry.ContentStart + 16);
        DecodeTo(text, entry, ref bytes);
        var decoded = Encoding.UTF8.GetString(bytes.Span);
        bytes.Release();
        return decoded;
    }

    public static void DecodeTo(ReadOnlySpan<byte> text, in YamlEntry entry, ref PooledList<byte> bytes)
    {
        var sink = new ByteSink(ref bytes);

        // The true column of the first line is forgotten, and any deeper than the indentation does: a scalar starts there.
        scoped var cursor = new Cursor(text, entry.ContentStart, Math.Max(entry.Detail, 0) + 1);
        var token = new Token { Style = entry.Style, Indent = entry.Detail };
        scoped var block = new BlockScalar(sink, entry.Style is YamlStyle.Folded);
        _ = entry.Style switch
        {
            YamlStyle.Literal or YamlStyle.Folded => block.Read(ref cursor, ref token),
            YamlStyle.Plain => PlainScalar.Read(ref cursor, ref token, sink, entry.InFlow),
            _ => QuotedScalar.Read(ref cursor, ref token, sink),
        };
    }
}
