namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// A proposal's whole text: our part, from its first line to our marker, and around it what people wrote, which stays.
/// </summary>
internal static class ProposalPage
{
    /// <summary>The hidden first line of our part.</summary>
    public const string FirstLine = "<!-- odoosky:begin -->";

    /// <summary>Puts our part into a text.</summary>
    /// <param name="existing">The text as it stands; empty for a new one.</param>
    /// <param name="ours">Our part, with the marker in its end.</param>
    /// <returns>The text as it shall be; the existing one itself when nothing differs but line ends.</returns>
    public static string Put(string existing, string ours)
    {
        var text = existing.Replace("\r\n", "\n", StringComparison.Ordinal);
        var part = $"{FirstLine}\n{ours.TrimEnd('\n')}";
        var page = Around(text, part);
        return string.Equals(page.TrimEnd('\n'), text.TrimEnd('\n'), StringComparison.Ordinal) ? existing : page;
    }

    private static string Around(string text, string part)
    {
        if (text.Trim().Length == 0) return part + "\n";
        if (ProposalMarker.Span(text) is not { } marker) return $"{text.TrimEnd()}\n\n{part}\n";
        var first = text.IndexOf(FirstLine, StringComparison.Ordinal);
        return text[..(first >= 0 && first < marker.Start ? first : 0)] + part + text[marker.End..];
    }
}
