using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>How a cost depends on the size of a fleet: fitted through the medians, one for each size.</summary>
/// <param name="Fixed">What it costs at no size, by a straight line.</param>
/// <param name="PerInstance">What each instance adds, by the same line; the unit of the cost.</param>
/// <param name="Exponent">p in cost ~ n^p: 1 grows with the fleet, 0 does not care.</param>
internal sealed record Fit(double Fixed, double PerInstance, double Exponent)
{
    /// <summary>Least squares; null when there are fewer than two sizes.</summary>
    public static Fit? Through(IReadOnlyList<(int Instances, double Cost)> points)
    {
        if (points.Count < 2) return null;
        var (fixedCost, slope) = Line([.. points.Select(point => ((double)point.Instances, point.Cost))]);
        var (_, exponent) = Line([.. points.Select(point => (Math.Log(point.Instances), Math.Log(point.Cost)))]);
        return new Fit(fixedCost, slope, exponent);
    }

    /// <summary>A row of the table of slopes.</summary>
    public string Row(string what, IReadOnlyList<(int Instances, double Cost)> points) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {string.Join(" | ", points.Select(point => Samples.Text(point.Cost)))} | {PerInstance * 1000:0.0} | {Exponent:0.00} |\n");

    private static (double At0, double Slope) Line(IReadOnlyList<(double X, double Y)> points)
    {
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        return (y - (slope * x), slope);
    }
}
