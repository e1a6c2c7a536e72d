using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>What pages are made of.</summary>
internal static class Parts
{
    /// <summary>A verdict as a coloured word with a sign of its own: colour alone says nothing to many.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>A badge.</returns>
    public static Html Verdict(string verdict)
    {
        var (tone, sign) = Tone(verdict);
        return Html.Of($"<span class=\"badge {tone}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>{Words(verdict)}</span>");
    }

    /// <summary>The tone of a verdict, and its sign.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>A class of the style sheet, and a character.</returns>
    public static (string Tone, string Sign) Tone(string verdict) => verdict switch
    {
        "Live" => ("good", "✓"),
        "ScaledToZero" or "Superseded" or "Retired" => ("good", "–"),
        "Rolling" => ("busy", "↻"),
        "Waiting" => ("busy", "…"),
        "Blocked" or "Stalled" => ("warn", "!"),
        "Failed" or "Missing" => ("bad", "✕"),
        "Unknown" => ("unsure", "?"),
        _ => ("plain", "·"),
    };

    /// <summary>A verdict as people write it: <c>ScaledToZero</c> is "Scaled to zero".</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>Words.</returns>
    public static string Words(string verdict) => verdict switch
    {
        "ScaledToZero" => "Scaled to zero",
        StatusWords.NotVerified => "Not verified",
        _ => verdict,
    };

    /// <summary>Whether pods restart.</summary>
    /// <param name="restarts">The word; null: nothing changes.</param>
    /// <returns>A badge; nothing where nothing changes.</returns>
    public static Html Restarts(string? restarts) => restarts switch
    {
        null => Html.None,
        "no" => Html.Of($"<span class=\"badge plain\">no restart</span>"),
        "yes" => Html.Of($"<span class=\"badge warn\"><span class=\"sign\" aria-hidden=\"true\">↻</span>restart</span>"),
        "audit-only" => Html.Of($"<span class=\"badge warn\"><span class=\"sign\" aria-hidden=\"true\">↻</span>restart, audit only</span>"),
        _ => Html.Of($"<span class=\"badge warn\"><span class=\"sign\" aria-hidden=\"true\">?</span>restart possible</span>"),
    };

    /// <summary>A time.</summary>
    /// <param name="time">As views write it; null: never.</param>
    /// <returns>The time, or a dash.</returns>
    public static Html Time(string? time) => time is null
        ? Html.Of($"–")
        : Html.Of($"<time datetime=\"{time}\">{time.Replace('T', ' ').Replace("Z", "", StringComparison.Ordinal)}</time>");

    /// <summary>The hour of a time.</summary>
    /// <param name="time">As views write it; null: never.</param>
    /// <returns>The hour, or a dash.</returns>
    public static Html Hour(string? time) => time is null ? Html.Of($"–") : Html.Of($"<time datetime=\"{time}\">{time[11..19]}</time>");

    /// <summary>A commit or digest, its first digits.</summary>
    /// <param name="id">The whole id; null: none.</param>
    /// <returns>Code, or a dash.</returns>
    public static Html Short(string? id) => id is null ? Html.Of($"–") : Html.Of($"<code title=\"{id}\">{(id.Length > 10 ? id[..10] : id)}</code>");

    /// <summary>A pull request.</summary>
    /// <param name="link">The way to it; null: there is none.</param>
    /// <returns>A link where it leads somewhere.</returns>
    public static Html PullRequest(PullRequestLink? link)
    {
        if (link is null) return Html.None;
        var name = link.Number is { } number ? Html.Of($"#{number}") : Html.Of($"pull request");
        return Href.Elsewhere(link.Location) is { } href ? Html.Of($"<a href=\"{href}\" rel=\"noreferrer\">{name}</a>") : Html.Of($"<span title=\"{link.Location}\">{(link.Number is null ? Html.Of($"text in a file") : name)}</span>");
    }

    /// <summary>The page of an instance.</summary>
    /// <param name="target">Its target.</param>
    /// <param name="code">Its code.</param>
    /// <returns>The address.</returns>
    public static Href Instance(string target, string code) => Href.To("instances", code).With(("target", target));

    /// <summary>The page of a change set.</summary>
    /// <param name="target">Its target.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The address.</returns>
    public static Href Change(string target, string name) => Href.To("changes", name).With(("target", target));

    /// <summary>That a list is empty.</summary>
    /// <param name="sentence">What that means.</param>
    /// <returns>A paragraph.</returns>
    public static Html Empty(string sentence) => Html.Of($"<p class=\"empty\">{sentence}</p>");

    /// <summary>The way through the pages of a list; nothing where there is one page.</summary>
    /// <param name="page">Which page this is.</param>
    /// <param name="pages">How many there are.</param>
    /// <param name="address">The address of a page.</param>
    /// <returns>Links.</returns>
    public static Html Pager(int page, int pages, Func<int, Href> address) => Html.If(pages > 1, () => Html.Of($"""
        <nav class="pager" aria-label="Pages of the list">
        {Html.If(page > 1, () => Html.Of($"<a href=\"{address(page - 1)}\" rel=\"prev\">Previous</a>"))}
        <span>Page {page} of {pages}</span>
        {Html.If(page < pages, () => Html.Of($"<a href=\"{address(page + 1)}\" rel=\"next\">Next</a>"))}
        </nav>
        """));

    /// <summary>A count with its noun.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun.</param>
    /// <returns>Such as <c>2 instances</c>.</returns>
    public static string Count(int count, string noun) => Overlay.Plan.PlanWords.Count(count, noun);
}
