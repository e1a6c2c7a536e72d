namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>Labels' names and values: they become parts of branch names and stand in selectors.</summary>
public static class LabelText
{
    /// <summary>Whether a text is one: 1 to 63 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, a letter or digit first and last, no <c>..</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True when it is; source: Kubernetes' labels and Git's branch names.</returns>
    public static bool IsValid(string text) => TextRules.IsLabel(text);

    /// <summary>Whether a text can name a source or a target: <c>^[a-z][a-z0-9-]*$</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsName(string text) => TextRules.IsSource(text);
}
