using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>What Git tells of an instance.</summary>
internal static class TimelineCard
{
    /// <summary>Draws it.</summary>
    /// <param name="view">The history, as far as it is known.</param>
    /// <returns>A card.</returns>
    public static Html Draw(TimelineView view) => Html.Of($"""
        <section class="card" aria-labelledby="timeline"><h2 id="timeline">Timeline, from Git</h2>
        {Content(view)}
        </section>
        """);

    private static Html Content(TimelineView view) => view switch
    {
        { State: "reading" } => Parts.Empty("The history is being read. This page shows it by itself once it is there; without JavaScript, load it again."),
        { Trouble: { } trouble } => Parts.Empty($"The history could not be read: {trouble}"),
        { Changes.IsEmpty: true } => Parts.Empty("No change of its overlay is on the base branch."),
        _ => Html.Of($"<ol class=\"timeline\">{Html.Each(view.Changes, Entry)}</ol>{Html.If(view.Older > 0, () => Html.Of($"<p class=\"quiet\">and {view.Older} older</p>"))}"),
    };

    private static Html Entry(TimelineEntry entry) => Html.Of($"""
        <li class="{(entry.LiveAt is not null ? "good" : entry.End == "failed" ? "bad" : "plain")}">
        <p class="when">{Parts.Time(entry.At)} {Parts.Short(entry.Commit)}</p>
        <p>{entry.Subject}</p>
        <p class="quiet">{Origin(entry)}{Html.If(entry.RequestedBy, by => Html.Of($" · asked by {by}"))}{Html.If(entry.Reason, reason => Html.Of($": {reason}"))}</p>
        <p class="quiet">{Hashes(entry)}{Html.If(entry.LiveAt, at => Html.Of($" · live {Parts.Time(at)}"))}{Html.If(entry.LiveAt is null ? entry.End : null, end => Html.Of($" · {end}"))}</p>
        </li>
        """);

    private static Html Origin(TimelineEntry entry)
    {
        var how = entry.Origin switch { "person" => "edited by hand", "note" => "known from notes", _ => "proposed by OdooSky.GitOps" };
        return Html.Of($"{how}{Html.If(entry.PullRequest is > 0, () => Html.Of($" · #{entry.PullRequest!.Value}"))}{Html.If(entry.By, by => Html.Of($" · {(entry.Origin == "person" ? "by" : "merged by")} {by}"))}");
    }

    private static Html Hashes(TimelineEntry entry) => entry.HashBefore == entry.HashAfter
        ? Html.Of($"hash {Parts.Short(entry.HashAfter)}, unchanged")
        : Html.Of($"hash {Parts.Short(entry.HashBefore)} → {Parts.Short(entry.HashAfter)}");
}
