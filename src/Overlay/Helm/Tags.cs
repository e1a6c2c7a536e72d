using System.Text;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>What a tag makes of a scalar.</summary>
internal static class Tags
{
    private const string Prefix = "tag:yaml.org,2002:";

    public const string Merge = Prefix + "merge";

    public const string Text = Prefix + "str";

    /// <summary>Resolves a scalar with a tag, whatever its style.</summary>
    /// <param name="tag">The whole tag.</param>
    /// <param name="text">The scalar's text.</param>
    /// <param name="scalar">What it means.</param>
    /// <returns>False when goyaml fails because the text is not what the tag says.</returns>
    public static bool TryResolve(string tag, ReadOnlySpan<byte> text, out Scalar scalar)
    {
        scalar = Scalar.Text;
        if (!tag.StartsWith(Prefix, StringComparison.Ordinal)) return true;
        var name = tag.AsSpan(Prefix.Length);
        if (name is not ("bool" or "int" or "float" or "null" or "timestamp")) return true;
        if (name is "timestamp") return Timestamp.IsOne(text);
        scalar = ScalarTyping.Resolve(text);
        if (name is not "float" || scalar.Kind is not ScalarKind.Integer) return name.SequenceEqual(NameOf(scalar.Kind));
        scalar = Scalar.Float(scalar.Bits);
        return true;
    }

    public static bool IsBinary(string? tag) => string.Equals(tag, Prefix + "binary", StringComparison.Ordinal);

    /// <summary>The text that <c>!!binary</c> holds; each byte that is no UTF-8 becomes U+FFFD, as in Go's JSON.</summary>
    /// <returns>Null when it is not base64 as Go takes it: padded, with no other blanks than line breaks.</returns>
    public static string? DecodeBinary(string text)
    {
        var compact = text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var bytes = new byte[compact.Length];
        if (compact.AsSpan().ContainsAny(" \t") || !Convert.TryFromBase64String(compact, bytes, out var count)) return null;
        var decoded = new StringBuilder(count);
        for (ReadOnlySpan<byte> rest = bytes.AsSpan(0, count); !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf8(rest, out var rune, out var width) is System.Buffers.OperationStatus.Done;
            decoded.Append(isRune ? rune : Rune.ReplacementChar);
            rest = rest[(isRune ? width : 1)..];
        }

        return decoded.ToString();
    }

    private static string NameOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.True or ScalarKind.False => "bool",
        ScalarKind.Integer or ScalarKind.Unsigned => "int",
        ScalarKind.Float => "float",
        _ => "str",
    };
}
