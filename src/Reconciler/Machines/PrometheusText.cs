using System.Globalization;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>Prometheus' text format, version 0.0.4. A metric without a series is named all the same, so that a scrape lists all there are.</summary>
internal static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes metrics.</summary>
    /// <param name="families">The metrics.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help, isLabel: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            foreach (var (labels, series) in family.Series)
                if (family.Kind == MetricKind.Histogram) Histogram(text, family.Name, labels, series);
                else text.Append(family.Name).Append(labels).Append(' ').Append(Number(series.Read().Value)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Labels as they stand behind a name.</summary>
    /// <param name="labels">Name and value; one without a value is left out.</param>
    /// <returns><c>{a="b",c="d"}</c>, or empty.</returns>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (value is null) continue;
            text.Append(text.Length == 0 ? '{' : ',').Append(name).Append("=\"");
            text.Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", isLabel: true)).Append('"');
        }

        return text.Length == 0 ? "" : text.Append('}').ToString();
    }

    private static void Histogram(StringBuilder text, string name, string labels, MetricSeries series)
    {
        var (sum, buckets) = series.Read();
        var before = labels.Length == 0 ? "{" : labels[..^1] + ",";
        foreach (var (bound, count) in buckets)
            text.Append(name).Append("_bucket").Append(before).Append("le=\"").Append(Number(bound)).Append("\"} ").Append(Number(count)).Append('\n');
        text.Append(name).Append("_sum").Append(labels).Append(' ').Append(Number(sum)).Append('\n');
        text.Append(name).Append("_count").Append(labels).Append(' ').Append(Number(buckets[^1].Count)).Append('\n');
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text, bool isLabel)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
