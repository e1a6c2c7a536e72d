using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Reconciler.Tests.Schedule;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Machines;

/// <summary>What a collector of OpenTelemetry gets from a real service, over HTTP and as protobuf.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private readonly TestFleet fleet = new();
    private readonly ConcurrentBag<(string Path, string Body)> posts = [];
    private readonly WebApplication collector;

    public OtlpTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            posts.Add((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        fleet.AddInstance("acme", wished: "1.1");
        fleet.Push();
        ServedProcess.Settings(fleet, "{reconcile: 1h}");
    }

    private string Address => collector.Urls.Single();

    public async ValueTask InitializeAsync() => await collector.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await collector.DisposeAsync();
        fleet.Dispose();
    }

    [Fact]
    public async Task Spans_of_a_pass_and_metrics_go_where_the_standard_variable_says()
    {
        await ServeAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "fleet-keeper"));

        Assert.Equal(["/v1/metrics", "/v1/traces"], posts.Select(post => post.Path).Distinct().Order());
        var spans = string.Concat(posts.Where(post => post.Path == "/v1/traces").Select(post => post.Body));
        Assert.All((string[])["reconcile", "pass", "observe", "plan", "propose", "git push", "odoosky.target", "fleet-keeper"], word => Assert.Contains(word, spans, StringComparison.Ordinal));
        var metrics = string.Concat(posts.Where(post => post.Path == "/v1/metrics").Select(post => post.Body));
        Assert.All(
            (string[])["odoosky_reconcile_total", "odoosky_job_duration_seconds", "odoosky_plan_instances", "process_resident_memory_bytes", "fleet-keeper"],
            word => Assert.Contains(word, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("acme", spans + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_signal_alone_goes_out_when_only_its_variable_is_set()
    {
        await ServeAsync(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", Address + "/custom/traces"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        Assert.Equal(["/custom/traces"], posts.Select(post => post.Path).Distinct());
    }

    [Fact]
    public async Task A_collector_that_is_gone_fails_nothing_and_holds_up_nothing()
    {
        var gone = Address;
        await collector.StopAsync(TestContext.Current.CancellationToken);

        await ServeAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", gone));

        Assert.Empty(posts);
    }

    private async Task ServeAsync(params (string Name, string Value)[] environment)
    {
        await using var service = ServedProcess.Start(fleet, tune: start =>
        {
            foreach (var (name, value) in environment) start.Environment[name] = value;
        });
        await service.RanAsync("reconcile");
        Assert.True(await service.EndAsync("TERM") == 0, service.Log);
    }
}
