using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Bench;

/// <summary>A named line of a plot.</summary>
/// <param name="Name">What stands beside its end.</param>
/// <param name="Points">From left to right; both coordinates above zero.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Curves over two logarithmic axes as an SVG that can be read in light and dark.</summary>
/// <param name="title">What is shown.</param>
/// <param name="across">The lower axis.</param>
/// <param name="up">The left axis.</param>
internal sealed class Plot(string title, string across, string up)
{
    private const int Width = 760, Height = 400, Left = 74, Right = 250, Top = 48, Bottom = 52, NameHeight = 15;

    private static readonly string[] Colours = ["#2f7ed8", "#d9730d", "#2e9e6b", "#b0439f", "#8a8d91", "#c9a100"];

    /// <summary>Draws the curves.</summary>
    public string Draw(IReadOnlyList<Curve> curves)
    {
        var all = curves.SelectMany(curve => curve.Points).ToList();
        var (x, y) = (new Axis(all.Select(point => point.X), Left, Width - Right), new Axis(all.Select(point => point.Y), Height - Bottom, Top));
        var svg = new StringBuilder(Head());
        foreach (var tick in x.Ticks) svg.Append(Line("grid", x.At(tick), Top, x.At(tick), Height - Bottom)).Append(Words("middle", x.At(tick), Height - Bottom + 18, Number(tick)));
        foreach (var tick in y.Ticks) svg.Append(Line("grid", Left, y.At(tick), Width - Right, y.At(tick))).Append(Words("end", Left - 8, y.At(tick) + 4, Number(tick)));
        svg.Append(Words("middle", (Left + Width - Right) / 2.0, Height - 12, across)).Append(Words("start", 12, 36, up));
        var ends = NamePlaces(curves, y);
        for (var i = 0; i < curves.Count; i++) svg.Append(One(curves[i], (x, y), Colours[i % Colours.Length], ends[i]));
        return svg.Append("</svg>\n").ToString();
    }

    private string Head() => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" role="img" aria-label="{{title}}">
        <style>
        text { font: 12px system-ui, sans-serif; fill: #3c4043; } .title { font-size: 15px; font-weight: 600; } .grid { stroke: #d5d8dc; }
        .curve { fill: none; stroke-width: 2.2; }
        @media (prefers-color-scheme: dark) { text { fill: #d7dadf; } .grid { stroke: #474b51; } }
        </style>
        <text class="title" x="12" y="20">{{title}}</text>

        """);

    private static string One(Curve curve, (Axis X, Axis Y) axes, string colour, double name)
    {
        var places = curve.Points.Select(point => (X: axes.X.At(point.X), Y: axes.Y.At(point.Y))).ToList();
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"<polyline class=\"curve\" stroke=\"{colour}\" points=\"{string.Join(' ', places.Select(place => Pair(place.X, place.Y)))}\"/>\n"));
        foreach (var (x, y) in places) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.2\" fill=\"{colour}\"/>\n");
        return svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Width - Right + 12}\" cy=\"{name - 4:0.#}\" r=\"4\" fill=\"{colour}\"/>\n")
            .Append(Words("start", Width - Right + 22, name, curve.Name)).ToString();
    }

    // Beside the curves' ends, but never on top of each other.
    private static double[] NamePlaces(IReadOnlyList<Curve> curves, Axis y)
    {
        var places = curves.Select(curve => y.At(curve.Points[^1].Y) + 4).ToArray();
        var order = Enumerable.Range(0, places.Length).OrderBy(i => places[i]).ToArray();
        for (var i = 1; i < order.Length; i++) places[order[i]] = Math.Max(places[order[i]], places[order[i - 1]] + NameHeight);
        return places;
    }

    private static string Pair(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");

    private static string Line(string kind, double x1, double y1, double x2, double y2) =>
        string.Create(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

    private static string Words(string anchor, double x, double y, string words) =>
        string.Create(CultureInfo.InvariantCulture, $"<text text-anchor=\"{anchor}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{words}</text>\n");

    private static string Number(double value) => value.ToString(value < 1 ? "0.###" : "N0", CultureInfo.InvariantCulture);

    // From one power of ten to another, with the powers between as ticks.
    private sealed class Axis
    {
        private readonly double least, most, from, to;

        public Axis(IEnumerable<double> values, double from, double to)
        {
            var all = values.Select(Math.Log10).ToList();
            (least, most) = (Math.Floor(all.Min()), Math.Ceiling(all.Max()));
            if (most <= least) most = least + 1;
            (this.from, this.to) = (from, to);
        }

        public IEnumerable<double> Ticks => Enumerable.Range((int)least, (int)(most - least) + 1).Select(power => Math.Pow(10, power));

        public double At(double value) => from + ((to - from) * (Math.Log10(value) - least) / (most - least));
    }
}
