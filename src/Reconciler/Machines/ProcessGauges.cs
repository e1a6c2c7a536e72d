using System.Diagnostics;
using System.Diagnostics.Metrics;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>The build and the process, under the names that Prometheus' own libraries use.</summary>
internal static class ProcessGauges
{
    /// <summary>Adds them.</summary>
    /// <param name="meter">Where to.</param>
    public static void Add(Meter meter)
    {
        var parts = Instruments.Build.Split('+', 2);
        KeyValuePair<string, object?>[] build = [new("version", parts[0]), new("revision", parts.Length > 1 ? parts[1] : "unknown"), new("dotnet", Environment.Version.ToString())];
        meter.CreateObservableGauge("odoosky_build_info", () => new Measurement<long>(1, build), null, "Always 1; its labels say what was built from which commit.");
        meter.CreateObservableCounter("process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "CPU time of the process, without the git that it starts.");
        meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, "By", "Memory of the process that is in RAM.");
        meter.CreateObservableGauge("process_start_time_seconds", StartTime, "s", "When the process began.");
        meter.CreateObservableGauge("process_open_fds", OpenFiles, null, "Files and connections that are open; Linux alone.");
        meter.CreateObservableGauge("dotnet_managed_memory_bytes", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Memory of objects, with those that nobody uses any more.");
    }

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static IEnumerable<Measurement<long>> OpenFiles()
    {
        const string Folder = "/proc/self/fd";
        return Directory.Exists(Folder) ? [new(Directory.EnumerateFileSystemEntries(Folder).Count())] : [];
    }
}
