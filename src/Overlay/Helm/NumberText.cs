using System.Globalization;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Numbers as goyaml v2 reads them with Go's ParseInt and ParseFloat.</summary>
internal static class NumberText
{
    /// <summary>Up to here a copy lives on the stack; longer texts of digits are numbers too.</summary>
    private const int StackLimit = 128;

    /// <summary>For a text that starts with a digit or a sign; all underscores are dropped first, wherever they stand.</summary>
    public static Scalar Resolve(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'_')) return ResolveDigits(text);
        Span<byte> buffer = text.Length <= StackLimit ? stackalloc byte[StackLimit] : new byte[text.Length];
        return ResolveDigits(buffer[..CopyWithoutUnderscores(text, buffer)]);
    }

    /// <summary>For a text that starts with a dot: an underscore may stand between two digits only.</summary>
    public static Scalar ResolveDot(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
            if (text[i] == (byte)'_' && !(IsDigit(text[i - 1]) && i + 1 < text.Length && IsDigit(text[i + 1])))
                return Scalar.Text;
        Span<byte> buffer = text.Length <= StackLimit ? stackalloc byte[StackLimit] : new byte[text.Length];
        var digits = buffer[..CopyWithoutUnderscores(text, buffer)];
        return IsDecimal(digits) ? ParseFloat(digits) : Scalar.Text;
    }

    private static Scalar ResolveDigits(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Scalar.Text;
        if (TryInteger(text, out var integer)) return integer;
        if (IsDecimal(text)) return ParseFloat(text);
        return text.StartsWith("0b"u8) && text.Length > 3 && text[2] is (byte)'+' or (byte)'-'
            ? SignBehindPrefix(text)
            : Scalar.Text;
    }

    private static bool TryInteger(ReadOnlySpan<byte> text, out Scalar integer)
    {
        integer = default;
        var isSigned = text[0] is (byte)'+' or (byte)'-';
        var digits = isSigned ? text[1..] : text;
        var radix = Radix(ref digits);
        if (!TryDigits(digits, radix, out var magnitude)) return false;
        if (isSigned) return TrySign(text[0], magnitude, out integer);
        integer = Scalar.Unsigned(magnitude);
        return true;
    }

    private static bool TrySign(byte sign, ulong magnitude, out Scalar integer)
    {
        var isNegative = sign == (byte)'-';
        integer = Scalar.Integer(isNegative ? -(long)magnitude : (long)magnitude);
        return magnitude <= (isNegative ? 1UL << 63 : long.MaxValue);
    }

    private static uint Radix(ref ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 2 || digits[0] != (byte)'0') return 10;
        var radix = (digits[1] | 0x20) switch { 'x' => 16u, 'o' => 8u, 'b' => 2u, _ => 0u };
        digits = digits[(radix == 0 ? 1 : 2)..];
        return radix == 0 ? 8 : radix;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, uint radix, out ulong value)
    {
        value = 0;
        if (digits.IsEmpty) return false;
        foreach (var digit in digits)
        {
            var worth = Yaml.Characters.HexValue(digit);
            if (worth < 0 || worth >= radix) return false;
            var wide = ((UInt128)value * radix) + (uint)worth;
            if (wide > ulong.MaxValue) return false;
            value = (ulong)wide;
        }

        return true;
    }

    /// <summary>Sign, digits with a dot somewhere or none, exponent.</summary>
    private static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'+' or (byte)'-') text = text[1..];
        var whole = SkipDigits(ref text);
        var fraction = 0;
        if (!text.IsEmpty && text[0] == (byte)'.')
        {
            text = text[1..];
            fraction = SkipDigits(ref text);
        }

        if (whole + fraction == 0) return false;
        if (text.IsEmpty) return true;
        if ((text[0] | 0x20) != 'e') return false;
        text = text[1..];
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-') text = text[1..];
        return SkipDigits(ref text) > 0 && text.IsEmpty;
    }

    private static int SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && IsDigit(text[count])) count++;
        text = text[count..];
        return count;
    }

    /// <summary>Beyond the largest double Go reports an error, and the text stays text.</summary>
    private static Scalar ParseFloat(ReadOnlySpan<byte> text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(value) ? Scalar.Text : Scalar.Float(value);
    }

    /// <summary>goyaml cuts <c>0b</c> off and parses the rest with its sign: <c>0b-101</c> is -5.</summary>
    private static Scalar SignBehindPrefix(ReadOnlySpan<byte> text)
    {
        return TryDigits(text[3..], 2, out var magnitude) && TrySign(text[2], magnitude, out var integer) ? integer : Scalar.Text;
    }

    private static int CopyWithoutUnderscores(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        var count = 0;
        foreach (var value in text)
            if (value != (byte)'_')
                buffer[count++] = value;
        return count;
    }

    private static bool IsDigit(byte value) => Yaml.Characters.IsDigit(value);
}
