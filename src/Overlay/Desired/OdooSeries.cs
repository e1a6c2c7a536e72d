namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Odoo's series: <c>17.0</c>, or <c>saas-17.2</c>.</summary>
internal static class OdooSeries
{
    private static readonly string[] Prefixes = ["saas-", "saas~"];

    public static bool IsSeries(string text) => OfTag(text) is { } series && series.Length == text.Length;

    /// <summary>The series with which an image's tag begins, or null when it begins with none.</summary>
    public static string? OfTag(string tag)
    {
        var start = Prefixes.FirstOrDefault(prefix => tag.StartsWith(prefix, StringComparison.Ordinal))?.Length ?? 0;
        var dot = Digits(tag, start);
        if (dot == start || dot == tag.Length || tag[dot] != '.') return null;
        var end = Digits(tag, dot + 1);
        return end == dot + 1 ? null : tag[..end];
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }
}
