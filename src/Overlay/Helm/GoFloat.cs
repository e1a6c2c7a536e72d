using System.Globalization;

namespace OdooSky.GitOps.Overlay.Helm;

/// <summary>Numbers as Go prints them: the shortest digits that read back, which .NET finds too, in Go's layout.</summary>
internal static class GoFloat
{
    /// <summary>Enough for a sign, "0." and any positional number below 1e21 or above 1e-7.</summary>
    public const int LongestText = 40;

    /// <summary>As encoding/json prints a float64: positional from 1e-6 to below 1e21, else with an exponent.</summary>
    public static int WriteJson(double value, Span<byte> text)
    {
        Span<byte> shortest = stackalloc byte[LongestText];
        value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        var parts = new Parts(shortest[..length]);
        var isScientific = value != 0 && (parts.Exponent < -6 || parts.Exponent >= 21);
        return isScientific ? parts.WriteScientific(text, padsExponent: false) : parts.WritePositional(text);
    }

    /// <summary>As strconv.FormatFloat(value, 'g', -1, 32), which makes the text of a key: exponent below -4 and from 6 up.</summary>
    public static string KeyText(double value)
    {
        var narrow = (float)value;
        if (float.IsNaN(narrow)) return ".nan";
        if (float.IsInfinity(narrow)) return narrow > 0 ? ".inf" : "-.inf";
        Span<byte> shortest = stackalloc byte[LongestText];
        narrow.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        var parts = new Parts(shortest[..length]);
        Span<byte> text = stackalloc byte[LongestText];
        var isScientific = narrow != 0 && (parts.Exponent < -4 || parts.Exponent >= 6);
        length = isScientific ? parts.WriteScientific(text, padsExponent: true) : parts.WritePositional(text);
        return System.Text.Encoding.ASCII.GetString(text[..length]);
    }

    /// <summary>As a template prints a float64 (<c>%v</c>): exponent below -4 and from 6 up, so 20250101 is <c>2.0250101e+07</c>.</summary>
    public static string TemplateText(double value)
    {
        Span<byte> shortest = stackalloc byte[LongestText];
        value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        var parts = new Parts(shortest[..length]);
        Span<byte> text = stackalloc byte[LongestText];
        var isScientific = value != 0 && (parts.Exponent < -4 || parts.Exponent >= 6);
        length = isScientific ? parts.WriteScientific(text, padsExponent: true) : parts.WritePositional(text);
        return System.Text.Encoding.ASCII.GetString(text[..length]);
    }

    /// <summary>The digits of a number without zeros at either end, and the power of ten of the first one.</summary>
    private ref struct Parts
    {
        private readonly Span<byte> digits;
        private readonly bool isNegative;

        public Parts(Span<byte> text)
        {
            isNegative = text[0] == (byte)'-';
            if (isNegative) text = text[1..];
            var e = text.IndexOf((byte)'E');
            var shift = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            if (e >= 0) text = text[..e];
            var dot = text.IndexOf((byte)'.');
            var whole = dot < 0 ? text.Length : dot;
            if (dot >= 0)
            {
                text[(dot + 1)..].CopyTo(text[dot..]);
                text = text[..^1];
            }

            var zeros = Math.Max(0, text.IndexOfAnyExcept((byte)'0'));
            digits = text[zeros..].TrimEnd((byte)'0');
            if (digits.IsEmpty) digits = text[..1];
            Exponent = digits[0] == (byte)'0' ? 0 : whole - zeros - 1 + shift;
        }

        public int Exponent { get; }

        public readonly int WriteScientific(Span<byte> text, bool padsExponent)
        {
            var at = WriteSign(text);
            text[at++] = digits[0];
            if (digits.Length > 1)
            {
                text[at++] = (byte)'.';
                digits[1..].CopyTo(text[at..]);
                at += digits.Length - 1;
            }

            text[at++] = (byte)'e';
            text[at++] = Exponent < 0 ? (byte)'-' : (byte)'+';
            Math.Abs(Exponent).TryFormat(text[at..], out var length, padsExponent ? "D2" : "D", CultureInfo.InvariantCulture);
            return at + length;
        }

        public readonly int WritePositional(Span<byte> text)
        {
            var at = WriteSign(text);
            if (Exponent < 0)
            {
                text[at..(at + 1 - Exponent)].Fill((byte)'0');
                text[at + 1] = (byte)'.';
                digits.CopyTo(text[(at + 1 - Exponent)..]);
                return at + 1 - Exponent + digits.Length;
            }

            var whole = Math.Min(digits.Length, Exponent + 1);
            digits[..whole].CopyTo(text[at..]);
            text[(at + whole)..(at + Exponent + 1)].Fill((byte)'0');
            at += Exponent + 1;
            if (whole == digits.Length) return at;
            text[at++] = (byte)'.';
            digits[whole..].CopyTo(text[at..]);
            return at + digits.Length - whole;
        }

        private readonly int WriteSign(Span<byte> text)
        {
            if (isNegative) text[0] = (byte)'-';
            return isNegative ? 1 : 0;
        }
    }
}
