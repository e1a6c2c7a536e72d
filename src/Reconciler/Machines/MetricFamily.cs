using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>What a metric is, in Prometheus' words.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>How many were at most so large.</summary>
    Histogram,
}

/// <summary>One metric with its series.</summary>
internal sealed class MetricFamily
{
    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> bounds;

    private MetricFamily(Instrument instrument, MetricKind kind)
    {
        (Name, Help, Kind, IsObserved) = (instrument.Name, instrument.Description ?? "", kind, instrument.IsObservable);
        bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? advised : [];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>One sentence.</summary>
    public string Help { get; }

    /// <summary>What it is.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether its series are read when somebody scrapes, all of them.</summary>
    public bool IsObserved { get; }

    /// <summary>The series by their labels, as they are written: <c>{a="b"}</c>, or empty.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => series.OrderBy(each => each.Key, StringComparer.Ordinal);

    /// <summary>Makes it.</summary>
    /// <param name="instrument">What measures.</param>
    /// <returns>The family; null for a kind that the program does not use.</returns>
    public static MetricFamily? TryMake(Instrument instrument) => instrument switch
    {
        Counter<long> or ObservableCounter<long> or ObservableCounter<double> => new(instrument, MetricKind.Counter),
        Gauge<long> or ObservableGauge<long> or ObservableGauge<double> => new(instrument, MetricKind.Gauge),
        Histogram<double> => new(instrument, MetricKind.Histogram),
        _ => null,
    };

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">What was measured.</param>
    /// <param name="labels">Of what.</param>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = PrometheusText.Labels(labels);
        if (!series.TryGetValue(key, out var one))
        {
            if (series.Count >= MeterBook.MostSeries) return;
            one = series.GetOrAdd(key, _ => new MetricSeries(bounds));
        }

        if (Kind == MetricKind.Histogram) one.Observe(value);
        else if (Kind == MetricKind.Counter && !IsObserved) one.Add(value);
        else one.Set(value);
    }

    /// <summary>Forgets all series, before they are read anew.</summary>
    public void Forget() => series.Clear();
}

/// <summary>One series.</summary>
/// <param name="bounds">Of a histogram: the upper bounds of its buckets, growing; else empty.</param>
internal sealed class MetricSeries(IReadOnlyList<double> bounds)
{
    private readonly Lock turn = new();
    private readonly long[] buckets = new long[bounds.Count + 1];
    private double value;

    /// <summary>Adds to a counter.</summary>
    public void Add(double more)
    {
        lock (turn) value += more;
    }

    /// <summary>Sets a gauge, or a counter that is counted elsewhere.</summary>
    public void Set(double now)
    {
        lock (turn) value = now;
    }

    /// <summary>Adds a value to a histogram.</summary>
    public void Observe(double seen)
    {
        var at = 0;
        while (at < bounds.Count && seen > bounds[at]) at++;
        lock (turn) (buckets[at], value) = (buckets[at] + 1, value + seen);
    }

    /// <summary>The value, or a histogram's sum with how many were at most as large as each bound, the last one being all.</summary>
    /// <returns>What holds together at one moment.</returns>
    public (double Value, IReadOnlyList<(double Bound, long Count)> Buckets) Read()
    {
        lock (turn)
        {
            var counts = new (double, long)[buckets.Length];
            var sum = 0L;
            for (var i = 0; i < buckets.Length; i++) counts[i] = (i < bounds.Count ? bounds[i] : double.PositiveInfinity, sum += buckets[i]);
            return (value, counts);
        }
    }
}
