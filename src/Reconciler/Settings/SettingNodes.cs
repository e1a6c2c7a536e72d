using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Readings of a strict node that only settings need. A missing node reads as null, and nothing is reported.</summary>
internal static class SettingNodes
{
    /// <summary>Reads a text into a type; reports what it should have been.</summary>
    public static T? Parsed<T>(this StrictNode? node, Func<string, T?> parse, string wanted)
        where T : class
    {
        if (node?.Text() is not { } text) return null;
        var parsed = parse(text);
        if (parsed is null) node.Wrong(wanted);
        return parsed;
    }

    /// <summary>Reads a text that a rule allows; reports what it should have been.</summary>
    public static string? Checked(this StrictNode? node, Func<string, bool> allowed, string wanted) =>
        node.Parsed(text => allowed(text) ? text : null, wanted);

    /// <summary>Reads the name of a file on this machine.</summary>
    public static string? FileName(this StrictNode? node) => node.Checked(text => text.Length > 0, "a file's path");

    /// <summary>Reads a duration within bounds.</summary>
    public static TimeSpan? Span(this StrictNode? node, TimeSpan least, TimeSpan most)
    {
        if (node?.Span() is not { } span) return null;
        if (span >= least && span <= most) return span;
        node.Wrong($"a duration from {Duration.Write(least)} to {Duration.Write(most)}");
        return null;
    }
}
