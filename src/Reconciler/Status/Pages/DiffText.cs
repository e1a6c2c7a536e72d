using OdooSky.GitOps.Reconciler.Status.Markup;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>A unified diff.</summary>
internal static class DiffText
{
    /// <summary>Draws it.</summary>
    /// <param name="diff">Its lines.</param>
    /// <returns>Lines with a class each; their signs stay, for those who see no colour.</returns>
    public static Html Draw(string diff) => Html.Of($"<pre class=\"diff\" tabindex=\"0\" role=\"region\" aria-label=\"Difference\">{Html.Each(diff.Split('\n'), Line)}</pre>");

    private static Html Line(string line) => Html.Of($"<span class=\"{Class(line)}\">{line}\n</span>");

    private static string Class(string line) => line switch
    {
        ['+', ..] => "plus",
        ['-', ..] => "minus",
        ['@', ..] => "hunk",
        _ => "same",
    };
}
