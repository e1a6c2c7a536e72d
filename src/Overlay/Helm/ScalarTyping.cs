namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>YAML 1.1's meaning of plain text, as goyaml v2 decides it by the first character.</summary>
internal static class ScalarTyping
{
    /// <summary>What a plain text without a tag means.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The meaning.</returns>
    public static Scalar Resolve(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Scalar.Null;
        return text[0] switch
        {
            (byte)'~' or (byte)'n' or (byte)'N' or (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F' or (byte)'y' or (byte)'Y'
                or (byte)'o' or (byte)'O' => ResolveWord(text),
            (byte)'.' => ResolveDot(text),
            (byte)'+' or (byte)'-' => ResolveSigned(text),
            >= (byte)'0' and <= (byte)'9' => NumberText.Resolve(text),
            _ => Scalar.Text,
        };
    }

    private static Scalar ResolveWord(ReadOnlySpan<byte> text) => text.Length switch
    {
        1 => ResolveLetter(text[0]),
        2 => Is(text, "on"u8) ? Scalar.Boolean(true) : Is(text, "no"u8) ? Scalar.Boolean(false) : Scalar.Text,
        3 => Is(text, "yes"u8) ? Scalar.Boolean(true) : Is(text, "off"u8) ? Scalar.Boolean(false) : Scalar.Text,
        4 => Is(text, "true"u8) ? Scalar.Boolean(true) : Is(text, "null"u8) ? Scalar.Null : Scalar.Text,
        5 => Is(text, "false"u8) ? Scalar.Boolean(false) : Scalar.Text,
        _ => Scalar.Text,
    };

    private static Scalar ResolveLetter(byte letter) => letter switch
    {
        (byte)'~' => Scalar.Null,
        (byte)'y' or (byte)'Y' => Scalar.Boolean(true),
        (byte)'n' or (byte)'N' => Scalar.Boolean(false),
        _ => Scalar.Text,
    };

    /// <summary>Whether a text is the word in lower case, with a capital, or in capitals; no other mixture counts.</summary>
    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if ((text[0] | 0x20) != word[0]) return false;
        var rest = text[1..];
        var isCapital = text[0] != word[0];
        if (rest.SequenceEqual(word[1..])) return true;
        if (!isCapital) return false;
        for (var i = 0; i < rest.Length; i++)
            if (rest[i] != word[i + 1] - 0x20)
                return false;
        return true;
    }

    private static Scalar ResolveDot(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual(".nan"u8) || text.SequenceEqual(".NaN"u8) || text.SequenceEqual(".NAN"u8)) return Scalar.Float(double.NaN);
        return IsInfinity(text) ? Scalar.Float(double.PositiveInfinity) : NumberText.ResolveDot(text);
    }

    private static Scalar ResolveSigned(ReadOnlySpan<byte> text)
    {
        if (!IsInfinity(text[1..])) return NumberText.Resolve(text);
        return Scalar.Float(text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity);
    }

    private static bool IsInfinity(ReadOnlySpan<byte> text) =>
        text.SequenceEqual(".inf"u8) || text.SequenceEqual(".Inf"u8) || text.SequenceEqual(".INF"u8);
}
