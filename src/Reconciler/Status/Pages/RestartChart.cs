using OdooSky.GitOps.Reconciler.Status.Markup;
using OdooSky.GitOps.Reconciler.Status.Views;

namespace OdooSky.GitOps.Reconciler.Status.Pages;

/// <summary>
/// The chart of restarts: for each of the last days, what merges asked for beside what was proven done, and at the right what waits for a
/// merge. The same stands in a table that can be opened.
/// </summary>
internal static class RestartChart
{
    private const int Width = 560, Height = 150, Floor = 122, Ceiling = 16, Left = 26;

    /// <summary>Draws it.</summary>
    /// <param name="view">The restarts.</param>
    /// <returns>A figure.</returns>
    public static Html Draw(RestartsView view)
    {
        var top = Top(view.Days.SelectMany(day => new[] { day.AskedFor, day.Done }).Append(view.Waiting).Max());
        var step = (Width - Left) / (view.Days.Length + 1);
        return Html.Of($"""
            <p class="sum"><b>{view.Waiting}</b> {(view.Waiting == 1 ? "waits" : "wait")} for a merge · <b>{view.AskedFor}</b> asked for and <b>{view.Done}</b> done in {view.Days.Length} days</p>
            <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="chart-title">
            <title id="chart-title">Restarts a day: asked for by merges, and done; the last column is what waits for a merge</title>
            {Html.Each(Lines(top), value => Line(value, top))}
            {Html.Each(Enumerable.Range(0, view.Days.Length), i => Day(view.Days[i], Left + (i * step), step, top))}
            {Bar("waiting", Left + (view.Days.Length * step) + (step / 4), step / 2, (view.Waiting, top))}
            <text class="label" x="{Left + (view.Days.Length * step) + (step / 2)}" y="{Floor + 16}">next</text>
            </svg>
            <ul class="legend"><li><span class="key asked"></span>asked for</li><li><span class="key done"></span>done</li><li><span class="key waiting"></span>waits</li></ul>
            <details id="figures"><summary>The figures</summary>{Table(view)}</details>
            """);
    }

    private static Html Day(RestartDay day, int x, int step, int top)
    {
        var width = Math.Max(3, (step - 8) / 2);
        return Html.Of($"{Bar("asked", x + 3, width, (day.AskedFor, top))}{Bar("done", x + 4 + width, width, (day.Done, top))}<text class=\"label\" x=\"{x + (step / 2)}\" y=\"{Floor + 16}\">{day.Day[8..]}</text>");
    }

    private static Html Bar(string kind, int x, int width, (int Value, int Top) of)
    {
        if (of.Value == 0) return Html.None;
        var height = Math.Max(2, (Floor - Ceiling) * of.Value / of.Top);
        return Html.Of($"<rect class=\"{kind}\" x=\"{x}\" y=\"{Floor - height}\" width=\"{width}\" height=\"{height}\" rx=\"1.5\"/>");
    }

    private static Html Line(int value, int top)
    {
        var y = Floor - ((Floor - Ceiling) * value / top);
        return Html.Of($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"scale\" x=\"{Left - 6}\" y=\"{y + 4}\">{value}</text>");
    }

    private static Html Table(RestartsView view) => Html.Of($"""
        <table class="figures"><thead><tr><th scope="col">Day</th><th scope="col">Asked for</th><th scope="col">Done</th></tr></thead><tbody>
        {Html.Each(view.Days, day => Html.Of($"<tr><th scope=\"row\">{day.Day}</th><td>{day.AskedFor}</td><td>{day.Done}</td></tr>"))}
        </tbody></table>
        """);

    private static int[] Lines(int top) => top % 2 == 0 ? [0, top / 2, top] : [0, top];

    // The next number of the form 2, 4, 10, 20, 40, 100, …
    private static int Top(int most)
    {
        for (long unit = 2; ; unit *= 10)
            foreach (var factor in (long[])[1, 2, 5])
                if (unit * factor >= most) return (int)Math.Min(int.MaxValue, unit * factor);
    }
}
