using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>What stands around a page.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Section">Which part of the site it belongs to: a path of <see cref="Layout.Sections"/>.</param>
/// <param name="Numbers">How much there is on the other pages.</param>
/// <param name="Twin">Its JSON twin.</param>
/// <param name="Version">The board's version that it shows; the script asks for a newer page when there is a newer board.</param>
internal sealed record Frame(string Title, string Section, StatusNumbers Numbers, Href Twin, long Version);

/// <summary>The frame of all pages.</summary>
internal static class Layout
{
    /// <summary>The parts of the site: path, title, and how much there is.</summary>
    public static readonly (string Path, string Title, Func<StatusNumbers, int> Count)[] Sections =
    [
        ("", "Fleet", numbers => numbers.Instances),
        ("changes", "Changes", numbers => numbers.Changes),
        ("drift", "Drift", numbers => numbers.Drift),
        ("declined", "Declined", numbers => numbers.Declined),
        ("problems", "Problems", numbers => numbers.Problems),
    ];

    /// <summary>A whole page.</summary>
    /// <param name="frame">What stands around it.</param>
    /// <param name="main">What it says.</param>
    /// <returns>HTML.</returns>
    public static Html Page(Frame frame, Html main) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{frame.Title} · OdooSky.GitOps</title>
        <link rel="icon" href="{Asset("icon.svg")}" type="image/svg+xml">
        <link rel="stylesheet" href="{Asset("page.css")}">
        <link rel="alternate" type="application/json" href="{frame.Twin}">
        <script src="{Asset("page.js")}" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
        <a class="brand" href="{Href.To()}"><img src="{Asset("icon.svg")}" alt="" width="22" height="22"> OdooSky<span>.GitOps</span></a>
        <nav id="nav" aria-label="Pages"><ul>{Html.Each(Sections, section => Entry(section, frame))}</ul></nav>
        <p id="live" class="live" role="status" hidden></p>
        </header>
        <main id="main" tabindex="-1" data-version="{frame.Version}">
        {main}
        </main>
        <footer>
        <p>Read-only: people decide on pull requests. The same as data: <a href="{frame.Twin}">JSON</a>.</p>
        </footer>
        </body>
        </html>

        """);

    private static Html Entry((string Path, string Title, Func<StatusNumbers, int> Count) section, Frame frame)
    {
        var count = section.Count(frame.Numbers);
        var href = section.Path.Length == 0 ? Href.To() : Href.To(section.Path);
        var number = Html.If(count > 0, () => Html.Of($" <span class=\"count\">{count}</span>"));
        return section.Path == frame.Section
            ? Html.Of($"<li><a href=\"{href}\" aria-current=\"page\">{section.Title}{number}</a></li>")
            : Html.Of($"<li><a href=\"{href}\">{section.Title}{number}</a></li>");
    }

    private static Href Asset(string name) => Href.To("assets", name).With(("v", Assets.Version));
}
