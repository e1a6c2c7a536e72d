using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Bench;

/// <summary>Reading and hashing one overlay, on one core.</summary>
internal sealed class HashBench(string home, Report report, Rounds rounds)
{
    private const int Files = 500;

    private readonly ReadOnlyMemory<byte>[] overlays =
        [.. Enumerable.Range(0, Files).Select(i => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(FleetText.Overlay(i))))];

    public async Task RunAsync()
    {
        for (var i = 0; i < 10; i++) HashAll();
        Samples time = new(), allocated = new();
        for (var i = 0; rounds.Go(i, 21); i++)
        {
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            HashAll();
            time.Add(watch.Elapsed.TotalMicroseconds / Files);
            allocated.Add((double)(GC.GetAllocatedBytesForCurrentThread() - before) / Files);
        }

        var size = new Samples();
        foreach (var overlay in overlays) size.Add(overlay.Length);
        var helm = await HelmAsync();
        report.Row(("read and hash an overlay of 25 addons", 0, "≤ 150 µs"), "µs", time, helm is null ? null : ("helm template", helm));
        report.Row(("bytes allocated by it", 0, "≤ 4 ×"), "B", allocated, ("the file's size", size));
        if (helm is null) report.Note("Real Helm was not compared: .tools/helm4 is missing (tests/tools/install puts it there).");
    }

    private void HashAll()
    {
        foreach (var overlay in overlays)
            if (HelmValues.HashAddons(new HelmInput { Files = [overlay] }).Value is null)
                throw new InvalidOperationException("An overlay has no hash.");
    }

    private async Task<Samples?> HelmAsync()
    {
        var helm = FindHelm();
        if (helm is null) return null;
        var values = Path.Combine(home, "values.yaml");
        await File.WriteAllBytesAsync(values, overlays[0].ToArray());
        var samples = new Samples();
        for (var i = 0; rounds.Go(i, 9); i++)
        {
            var watch = Stopwatch.StartNew();
            var start = new ProcessStartInfo(helm, ["template", "x", Path.Combine(AppContext.BaseDirectory, "chart"), "-f", values]) { UseShellExecute = false, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            samples.Add(process.ExitCode == 0 ? watch.Elapsed.TotalMicroseconds : throw new InvalidOperationException("helm template failed."));
        }

        return samples;
    }

    private static string? FindHelm()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, ".tools", "helm4")))
                return Path.Combine(folder.FullName, ".tools", "helm4");
        return null;
    }
}
