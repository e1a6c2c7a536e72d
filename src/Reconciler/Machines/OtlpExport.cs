using OdooSky.GitOps.Reconciler.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>
/// Spans and metrics for a collector of OpenTelemetry, where its standard variables name one: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or
/// the one of a signal. The exporter reads the others (<c>…_PROTOCOL</c>, <c>…_HEADERS</c>, <c>OTEL_SERVICE_NAME</c>) itself.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Everything = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int FlushMilliseconds = 2_000;

    private readonly TracerProvider? tracer;
    private readonly MeterProvider? meters;

    private OtlpExport(TracerProvider? tracer, MeterProvider? meters) => (this.tracer, this.meters) = (tracer, meters);

    /// <summary>Begins to export what the environment asks for; nothing without a word of it.</summary>
    /// <param name="environment">The process's environment.</param>
    /// <returns>The export, to be disposed.</returns>
    public static OtlpExport Start(IReadOnlyDictionary<string, string> environment)
    {
        if (string.Equals(environment.GetValueOrDefault("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return new OtlpExport(null, null);
        var spans = Asks(environment, "TRACES")
            ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Instruments.Name).AddOtlpExporter(options => Tune(options, environment, "TRACES")).Build()
            : null;
        var counts = Asks(environment, "METRICS")
            ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Instruments.Name).AddOtlpExporter(options => Tune(options, environment, "METRICS")).Build()
            : null;
        return new OtlpExport(spans, counts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A collector that is gone must not hold up the end.
        tracer?.Shutdown(FlushMilliseconds);
        meters?.Shutdown(FlushMilliseconds);
        tracer?.Dispose();
        meters?.Dispose();
    }

    private static bool Asks(IReadOnlyDictionary<string, string> environment, string signal) =>
        (IsSet(environment, Everything) || IsSet(environment, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
        && !string.Equals(environment.GetValueOrDefault($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase);

    // The exporter reads what is said for all signals; what is said for one is said to it here, and its address is taken as it stands.
    private static void Tune(OtlpExporterOptions options, IReadOnlyDictionary<string, string> environment, string signal)
    {
        if (IsSet(environment, Of("PROTOCOL")))
            options.Protocol = environment[Of("PROTOCOL")] == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        if (IsSet(environment, Of("HEADERS"))) options.Headers = environment[Of("HEADERS")];
        if (Uri.TryCreate(environment.GetValueOrDefault(Of("ENDPOINT")), UriKind.Absolute, out var endpoint)) options.Endpoint = endpoint;

        string Of(string what) => $"OTEL_EXPORTER_OTLP_{signal}_{what}";
    }

    private static bool IsSet(IReadOnlyDictionary<string, string> environment, string name) => !string.IsNullOrEmpty(environment.GetValueOrDefault(name));

    // What the environment says comes last, and so wins.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("odoosky", serviceVersion: Instruments.Build.Split('+')[0], autoGenerateServiceInstanceId: false)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
