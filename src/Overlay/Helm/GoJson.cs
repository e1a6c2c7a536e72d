using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// JSON as Helm's <c>toJson</c> writes it, which is Go's encoding/json (Go 1.22 and newer): keys sorted by UTF-8 bytes, no blanks,
/// <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>, U+2028 and U+2029 escaped, other characters raw.
/// </summary>
public static class GoJson
{
    /// <summary>Writes a value.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Write(HelmValue value)
    {
        var json = new PooledList<byte>(1024);
        Append(value, ref json);
        var written = json.Span.ToArray();
        json.Release();
        return written;
    }

    internal static void Append(HelmValue value, ref PooledList<byte> json)
    {
        switch (value)
        {
            case HelmText text: AppendText(text.Value, ref json); break;
            case HelmNumber number: AppendNumber(number.Value, ref json); break;
            case HelmInteger integer: AppendInteger(integer.Value, ref json); break;
            case HelmBoolean boolean: json.AddRange(boolean.Value ? "true"u8 : "false"u8); break;
            case HelmList list: AppendList(list, ref json); break;
            case HelmMap map: AppendMap(map, ref json); break;
            default: json.AddRange("null"u8); break;
        }
    }

    internal static void AppendNumber(double value, ref PooledList<byte> json)
    {
        Span<byte> text = stackalloc byte[GoFloat.LongestText];
        json.AddRange(text[..GoFloat.WriteJson(value, text)]);
    }

    private static void AppendInteger(long value, ref PooledList<byte> json)
    {
        Span<byte> text = stackalloc byte[GoFloat.LongestText];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        json.AddRange(text[..length]);
    }

    private static void AppendText(string text, ref PooledList<byte> json)
    {
        var utf8 = new PooledList<byte>(Encoding.UTF8.GetMaxByteCount(text.Length));
        utf8.Advance(Encoding.UTF8.GetBytes(text, utf8.Room(text.Length * 3)));
        JsonText.Write(utf8.Span, ref json);
        utf8.Release();
    }

    private static void AppendList(HelmList list, ref PooledList<byte> json)
    {
        json.Add((byte)'[');
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (i > 0) json.Add((byte)',');
            Append(list.Items[i], ref json);
        }

        json.Add((byte)']');
    }

    private static void AppendMap(HelmMap map, ref PooledList<byte> json)
    {
        json.Add((byte)'{');
        for (var i = 0; i < map.Entries.Length; i++)
        {
            if (i > 0) json.Add((byte)',');
            AppendText(map.Entries[i].Key, ref json);
            json.Add((byte)':');
            Append(map.Entries[i].Value, ref json);
        }

        json.Add((byte)'}');
    }
}
