using OdooSky.GitOps.Overlay.Helm.Yaml;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>
/// Writes one top-level key's value as JSON straight from the node table, without building values: for the ordinary file,
/// which is nearly every file. It gives up, rather than decide, on anchors, tags, repeated keys, keys that are not text, and
/// numbers that JSON does not have; <see cref="ValueReader"/> decides those.
/// </summary>
internal ref struct DirectJson
{
    /// <summary>Keys of one map that are sorted here.</summary>
    private const int MostKeys = 64;

    private readonly ReadOnlySpan<byte> text;
    private readonly ReadOnlySpan<YamlEntry> entries;
    private PooledList<byte> json;
    private PooledList<byte> decoded;

    private DirectJson(ReadOnlySpan<byte> text, ReadOnlySpan<YamlEntry> entries)
    {
        this.text = text;
        this.entries = entries;
        json = new(1024);
        decoded = new(256);
    }

    /// <summary>Hashes the value of a key.</summary>
    /// <param name="text">A values file that reads alike in all versions.</param>
    /// <param name="key">The key.</param>
    /// <returns>Null where this way gives up.</returns>
    public static string? TryHash(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        if (YamlReader.Read(text, YamlLimits.Values, out var table) is not null) return null;
        string? hash = null;
        if (table.HasRoot && table.Properties is null)
        {
            var writer = new DirectJson(text, table.Entries);
            if (writer.TryWriteRoot(key)) hash = AddonsHash.OfJson(writer.json.Span);
            writer.json.Release();
            writer.decoded.Release();
        }

        table.Release();
        return hash;
    }

    private bool TryWriteRoot(ReadOnlySpan<byte> wanted)
    {
        if (entries[0].Kind is not YamlKind.Mapping) return false;
        var found = YamlEntry.None;
        for (var key = 1; key < entries[0].Next;)
        {
            if (!IsTextKey(key)) return false;
            var value = entries[key].Next;
            var isWanted = entries[key].Raw(text).SequenceEqual(wanted);
            if (isWanted ? found != YamlEntry.None : !IsOrdinary(value)) return false;
            if (isWanted) found = value;
            key = entries[value].Next;
        }

        if (found != YamlEntry.None) return TryWrite(found);
        json.AddRange("null"u8);
        return true;
    }

    private readonly bool IsTextKey(int index)
    {
        ref readonly var entry = ref entries[index];
        if (entry.Kind is not YamlKind.Scalar || !entry.Verbatim) return false;
        if (entry.Style is not YamlStyle.Plain) return entry.Style is YamlStyle.SingleQuoted or YamlStyle.DoubleQuoted;
        var raw = entry.Raw(text);
        return ScalarTyping.Resolve(raw).Kind is ScalarKind.Text && !raw.SequenceEqual("<<"u8);
    }

    /// <summary>Whether a value that is not wanted can be passed over: nothing in it makes Helm fail.</summary>
    private bool IsOrdinary(int index)
    {
        ref readonly var entry = ref entries[index];
        if (entry.Kind is YamlKind.Scalar)
            return entry.Style is not YamlStyle.Plain || (entry.Verbatim && IsFinite(ScalarTyping.Resolve(entry.Raw(text))));
        var isKey = entry.Kind is YamlKind.Mapping;
        var isMapping = isKey;
        for (var child = index + 1; child < entry.Next; child = entries[child].Next)
        {
            if (!(isKey ? IsTextKey(child) : IsOrdinary(child))) return false;
            isKey = isMapping && !isKey;
        }

        return true;
    }

    private static bool IsFinite(in Scalar scalar) => scalar.Kind is not ScalarKind.Float || double.IsFinite(scalar.Number);

    private bool TryWrite(int index) => entries[index].Kind switch
    {
        YamlKind.Scalar => TryWriteScalar(entries[index]),
        YamlKind.Sequence => TryWriteList(index),
        _ => TryWriteMap(index),
    };

    private bool TryWriteScalar(in YamlEntry entry)
    {
        var content = entry.Verbatim ? entry.Raw(text) : Decode(entry);
        var scalar = entry.Style is YamlStyle.Plain ? ScalarTyping.Resolve(content) : Scalar.Text;
        switch (scalar.Kind)
        {
            case ScalarKind.Text: JsonText.Write(content, ref json); return true;
            case ScalarKind.Null: json.AddRange("null"u8); return true;
            case ScalarKind.True: json.AddRange("true"u8); return true;
            case ScalarKind.False: json.AddRange("false"u8); return true;
            default:
                if (!IsFinite(scalar)) return false;
                GoJson.AppendNumber(scalar.Number, ref json);
                return true;
        }
    }

    private ReadOnlySpan<byte> Decode(in YamlEntry entry)
    {
        decoded.Clear();
        ScalarText.DecodeTo(text, entry, ref decoded);
        return decoded.Span;
    }

    private bool TryWriteList(int index)
    {
        json.Add((byte)'[');
        for (var item = index + 1; item < entries[index].Next; item = entries[item].Next)
        {
            if (item > index + 1) json.Add((byte)',');
            if (!TryWrite(item)) return false;
        }

        json.Add((byte)']');
        return true;
    }

    private bool TryWriteMap(int index)
    {
        Span<int> keys = stackalloc int[MostKeys];
        var count = 0;
        for (var key = index + 1; key < entries[index].Next; key = entries[entries[key].Next].Next)
        {
            if (count == MostKeys || !IsTextKey(key) || !TryInsert(keys, count++, key)) return false;
        }

        json.Add((byte)'{');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) json.Add((byte)',');
            JsonText.Write(entries[keys[i]].Raw(text), ref json);
            json.Add((byte)':');
            if (!TryWrite(entries[keys[i]].Next)) return false;
        }

        json.Add((byte)'}');
        return true;
    }

    /// <summary>Keeps keys sorted by bytes.</summary>
    /// <returns>False for a repeated key.</returns>
    private readonly bool TryInsert(Span<int> keys, int count, int key)
    {
        var at = count;
        for (; at > 0; at--)
        {
            var order = entries[keys[at - 1]].Raw(text).SequenceCompareTo(entries[key].Raw(text));
            if (order == 0) return false;
            if (order < 0) break;
            keys[at] = keys[at - 1];
        }

        keys[at] = key;
        return true;
    }
}
