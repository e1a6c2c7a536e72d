using System.Diagnostics.Metrics;
using System.Text;
using OdooSky.GitOps.Reconciler.Machines;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

public sealed class MeterBookTests : IDisposable
{
    private readonly Meter meter = new("test");
    private readonly MeterBook book;

    public MeterBookTests() => book = new MeterBook(each => each == meter);

    private string Scrape => Encoding.UTF8.GetString(book.Scrape());

    public void Dispose()
    {
        book.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void Counters_add_up_by_their_labels_and_hostile_text_stays_inside_its_quotes()
    {
        var counter = meter.CreateCounter<long>("runs_total", null, "Runs\nof \\ all.");
        counter.Add(2, new("target", "b"), new("word", "a\"b\\c\nd"));
        counter.Add(3, new("target", "b"), new("word", "a\"b\\c\nd"));
        counter.Add(1, new KeyValuePair<string, object?>("target", "a"));

        Assert.Equal(
            "# HELP runs_total Runs\\nof \\\\ all.\n# TYPE runs_total counter\nruns_total{target=\"a\"} 1\nruns_total{target=\"b\",word=\"a\\\"b\\\\c\\nd\"} 5\n",
            Scrape);
    }

    [Fact]
    public void A_histogram_counts_what_is_at_most_as_large_as_each_bound()
    {
        var histogram = meter.CreateHistogram("took_seconds", "s", "Took.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var seconds in (double[])[0.25, 0.5, 1, 4]) histogram.Record(seconds, new KeyValuePair<string, object?>("kind", "x"));

        Assert.Equal(
            """
            # HELP took_seconds Took.
            # TYPE took_seconds histogram
            took_seconds_bucket{kind="x",le="0.5"} 2
            took_seconds_bucket{kind="x",le="2"} 3
            took_seconds_bucket{kind="x",le="+Inf"} 4
            took_seconds_sum{kind="x"} 5.75
            took_seconds_count{kind="x"} 4

            """,
            Scrape);
    }

    [Fact]
    public void A_target_that_is_gone_leaves_no_series_behind()
    {
        List<string> targets = ["one", "two"];
        meter.CreateObservableGauge("targets_seen", () => targets.Select(target => new Measurement<long>(1, new KeyValuePair<string, object?>("target", target))), null, "Seen.");
        Assert.Contains("targets_seen{target=\"two\"} 1\n", Scrape, StringComparison.Ordinal);

        targets.Remove("two");

        Assert.Equal("# HELP targets_seen Seen.\n# TYPE targets_seen gauge\ntargets_seen{target=\"one\"} 1\n", Scrape);
    }

    [Fact]
    public void A_metric_that_was_not_counted_yet_is_named_all_the_same()
    {
        meter.CreateCounter<long>("never_total", null, "Never.");

        Assert.Equal("# HELP never_total Never.\n# TYPE never_total counter\n", Scrape);
    }

    [Fact]
    public void So_many_series_and_no_more()
    {
        var counter = meter.CreateCounter<long>("wild_total");
        for (var i = 0; i < MeterBook.MostSeries + 100; i++) counter.Add(1, new KeyValuePair<string, object?>("word", i));

        Assert.Equal(MeterBook.MostSeries, Scrape.Split('\n').Count(line => line.StartsWith("wild_total{", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_lost_while_others_scrape()
    {
        var counter = meter.CreateCounter<long>("busy_total");
        var histogram = meter.CreateHistogram("busy_seconds", "s", "", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });
        using var done = new CancellationTokenSource();
        var scrapers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => { while (!done.IsCancellationRequested) book.Scrape(); }, CancellationToken.None)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                counter.Add(1);
                histogram.Record(0.5);
            }
        })));

        await done.CancelAsync();
        await Task.WhenAll(scrapers);
        Assert.Contains("busy_total 20000\n", Scrape, StringComparison.Ordinal);
        Assert.Contains("busy_seconds_bucket{le=\"1\"} 20000\nbusy_seconds_bucket{le=\"+Inf\"} 20000\nbusy_seconds_sum 10000\nbusy_seconds_count 20000\n", Scrape, StringComparison.Ordinal);
    }
}
