using System.Diagnostics;
using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>Measurements of one thing, in any unit.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public double Median
    {
        get
        {
            double[] sorted = [.. values.Order()];
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Least => values.Min();

    public double Most => values.Max();

    public void Add(double value) => values.Add(value);

    /// <summary>Runs something and notes its milliseconds.</summary>
    public async Task TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        values.Add(watch.Elapsed.TotalMilliseconds);
    }

    public static string Text(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
