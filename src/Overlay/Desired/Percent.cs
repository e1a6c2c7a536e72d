using System.Globalization;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>A part of a whole, as it is written: <c>5%</c>.</summary>
/// <param name="Value">From 0 to 100, decimals allowed.</param>
public readonly record struct Percent(decimal Value)
{
    /// <summary>Reads a percentage.</summary>
    /// <param name="text">Digits, at most two decimals, and a percent sign, such as <c>5%</c> or <c>0.5%</c>.</param>
    /// <returns>The percentage, or null when the text is none from 0 to 100.</returns>
    public static Percent? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('%') || text.Length > 7 || !char.IsAsciiDigit(text[0])) return null;
        const NumberStyles style = NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text.AsSpan()[..^1], style, CultureInfo.InvariantCulture, out var value) && value <= 100 ? new Percent(value) : null;
    }

    /// <summary>As it is written in a file.</summary>
    /// <returns>Such as <c>5%</c>.</returns>
    public override string ToString() => Value.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
