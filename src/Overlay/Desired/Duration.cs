using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Reads and writes durations as Go and Kubernetes write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>; days, <c>2d</c>, too.</summary>
public static class Duration
{
    private const int MaximumDigits = 6;
    private static readonly (char Unit, TimeSpan Length)[] Units =
        [('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">Whole numbers with the units d, h, m and s, each unit at most once and in this order.</param>
    /// <returns>The duration, or null when the text is none.</returns>
    public static TimeSpan? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (total, at, unit) = (TimeSpan.Zero, 0, 0);
        while (at < text.Length)
        {
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == digits || at - digits > MaximumDigits || at == text.Length) return null;
            while (unit < Units.Length && Units[unit].Unit != text[at]) unit++;
            if (unit == Units.Length) return null;
            total += Units[unit++].Length * int.Parse(text.AsSpan()[digits..at], NumberStyles.None, CultureInfo.InvariantCulture);
            at++;
        }

        return text.Length == 0 ? null : total;
    }

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads it back; parts of a second are dropped.</summary>
    /// <param name="duration">Zero or longer.</param>
    /// <returns>Such as <c>1h30m</c>, or <c>0s</c>.</returns>
    public static string Write(TimeSpan duration)
    {
        var (text, rest) = (new StringBuilder(), duration);
        foreach (var (unit, length) in Units)
        {
            var count = (long)(rest / length);
            if (count > 0) text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            rest -= length * count;
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }
}
