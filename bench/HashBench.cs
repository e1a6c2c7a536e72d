using System.Diagnostics;
using System.Text;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Bench;

/// <summary>Reading and hashing one overlay, on one core.</summary>
internal sealed class HashBench(string home, Report report, Rounds rounds)
{
    private const int Files = 500;
    private const int InBulk = 300;

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
        if (await InBulkAsync() is { } bulk) report.Row(("the same, against Helm's own parser in bulk", 0, "–"), "µs", time, ("fromYaml, a text of 300 in one run", bulk));
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
            samples.Add((await RunAsync(helm, Path.Combine(AppContext.BaseDirectory, "chart"), values)).TotalMicroseconds);
        }

        return samples;
    }

    /// <summary>Helm's template function <c>fromYaml</c> over many texts in one run, less a run over none: what one text costs it.</summary>
    private async Task<Samples?> InBulkAsync()
    {
        if (FindHelm() is not { } helm) return null;
        var chart = Path.Combine(home, "bulk");
        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), "apiVersion: v2\nname: bulk\nversion: 1.0.0\n");
        await File.WriteAllTextAsync(
            Path.Combine(chart, "templates", "hashes.yaml"),
            "{{- range .Values.texts }}\n# {{ (fromYaml (b64dec .)).addons | toJson | sha256sum | trunc 16 }}\n{{- end }}\n");
        var (none, many) = (Path.Combine(home, "none.yaml"), Path.Combine(home, "many.yaml"));
        await File.WriteAllTextAsync(none, "texts: []\n");
        await File.WriteAllTextAsync(many, "texts:\n" + string.Concat(overlays.Take(InBulk).Select(overlay => $"- {Convert.ToBase64String(overlay.Span)}\n")));
        var samples = new Samples();
        for (var i = 0; rounds.Go(i, 9); i++) samples.Add((await RunAsync(helm, chart, many) - await RunAsync(helm, chart, none)).TotalMicroseconds / InBulk);
        return samples;
    }

    private static async Task<TimeSpan> RunAsync(string helm, string chart, string values)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(helm, ["template", "x", chart, "-f", values]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException("helm template failed.");
    }

    private static string? FindHelm()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, ".tools", "helm4")))
                return Path.Combine(folder.FullName, ".tools", "helm4");
        return null;
    }
}
