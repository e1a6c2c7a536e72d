using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>
/// What machines ask of the service: <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c>, each whole before the first byte goes out, so
/// that a slow reader holds nothing up. They answer whatever the Host header says: the kubelet and Prometheus send a pod's address.
/// </summary>
internal sealed class MachineSite : IDisposable
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private readonly BoardGauges gauges;
    private readonly MeterBook book;
    private readonly OtlpExport export;

    /// <summary>Begins to count.</summary>
    /// <param name="duty">The service on duty.</param>
    /// <param name="time">The clock.</param>
    /// <param name="environment">The process's environment.</param>
    public MachineSite(Duty duty, TimeProvider time, IReadOnlyDictionary<string, string> environment)
    {
        Health = new Health(duty.Board, time);
        gauges = new BoardGauges(duty, Health);
        ProcessGauges.Add(gauges.Meter);
        book = new MeterBook(meter => meter == Instruments.Meter || meter == gauges.Meter);
        export = OtlpExport.Start(environment);
        Instruments.SettingsValid.Record(1);
    }

    /// <summary>Whether the service lives and is ready; the service says when it has started and when it ends.</summary>
    public Health Health { get; }

    /// <summary>Maps the addresses.</summary>
    /// <param name="site">Where to.</param>
    public void Map(IEndpointRouteBuilder site)
    {
        Probe(site, "/livez", Health.Live);
        Probe(site, "/readyz", Health.Ready);
        site.MapMethods("/metrics", Reading, context => WholeAnswer.WriteAsync(context, StatusCodes.Status200OK, PrometheusText.ContentType, book.Scrape()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        export.Dispose();
        book.Dispose();
        gauges.Dispose();
    }

    private static void Probe(IEndpointRouteBuilder site, string path, Func<HealthAnswer> ask) => site.MapMethods(path, Reading, context =>
    {
        var answer = ask();
        var status = answer.IsWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WholeAnswer.WriteAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(answer.Text));
    });
}
