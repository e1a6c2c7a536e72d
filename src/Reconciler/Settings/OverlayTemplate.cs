using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Where overlays lie: a path in the repository with <c>{code}</c> in it once.</summary>
internal sealed record OverlayTemplate
{
    private const string Hole = "{code}";

    private OverlayTemplate(string before, string after)
    {
        Before = before;
        After = after;
    }

    /// <summary><c>instances/{code}/values.yaml</c>.</summary>
    public static OverlayTemplate Default { get; } = new("instances/", "/values.yaml");

    /// <summary>What stands before the code.</summary>
    public string Before { get; }

    /// <summary>What stands behind the code.</summary>
    public string After { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">Such as <c>instances/{code}/values.yaml</c>.</param>
    /// <returns>The template, or null when the text has not exactly one <c>{code}</c> or is no path within the repository.</returns>
    public static OverlayTemplate? TryParse(string text)
    {
        var at = text.IndexOf(Hole, StringComparison.Ordinal);
        if (at < 0) return null;
        var (before, after) = (text[..at], text[(at + Hole.Length)..]);
        var sound = RepositoryPath.TryParse($"{before}code{after}") is not null && text[0] != '-' && (before + after).AsSpan().IndexOfAny('{', '}') < 0;
        return sound ? new OverlayTemplate(before, after) : null;
    }

    /// <summary>The path of an instance's overlay.</summary>
    public string PathOf(InstanceCode code) => $"{Before}{code}{After}";

    /// <summary>The instance whose overlay lies at a path, or null when none's does.</summary>
    public InstanceCode? TryMatch(string path)
    {
        var length = path.Length - Before.Length - After.Length;
        if (length <= 0 || !path.StartsWith(Before, StringComparison.Ordinal) || !path.EndsWith(After, StringComparison.Ordinal)) return null;
        return InstanceCode.TryParse(path.Substring(Before.Length, length));
    }

    public override string ToString() => $"{Before}{Hole}{After}";
}
