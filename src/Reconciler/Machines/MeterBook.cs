using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>
/// Keeps what the program counts, for whoever scrapes it. Who counts takes a lock of one series for a moment, and never waits for a
/// scrape; what is known rather than counted is read when somebody scrapes, so that a target that is gone leaves nothing behind.
/// </summary>
internal sealed class MeterBook : IDisposable
{
    /// <summary>So many series a metric has at most; one beyond is left out. Labels are bounded by the settings, this bounds a fault.</summary>
    public const int MostSeries = 5_000;

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> families = new();
    private readonly Lock scraping = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="isOurs">Which meters.</param>
    public MeterBook(Predicate<Meter> isOurs)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (!isOurs(instrument.Meter) || MetricFamily.TryMake(instrument) is not { } family) return;
            families[instrument] = family;
            listening.EnableMeasurementEvents(instrument, family);
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        listener.Start();
    }

    /// <summary>Everything as it is now, in Prometheus' text format.</summary>
    /// <returns>UTF-8, with a line feed at its end.</returns>
    public byte[] Scrape()
    {
        lock (scraping)
        {
            foreach (var family in families.Values.Where(family => family.IsObserved)) family.Forget();
            listener.RecordObservableInstruments();
            return PrometheusText.Of(families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
