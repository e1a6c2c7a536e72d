using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OdooSky.GitOps.Bench;

/// <summary>The service with nothing to do: how soon it is ready on a clone that is there, and what it takes while it waits.</summary>
internal sealed class ServeBench(Fleet fleet, Report report, Rounds rounds)
{
    /// <summary>Names another build of the program, such as <c>.build/odoosky/odoosky.dll</c>.</summary>
    public const string Variable = "ODOOSKY_BENCH_PROGRAM";

    private const string Ready = "serve: start to ready, warm cache";

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(4);

    // The image's program is compiled ahead; what is built here is not.
    private static string Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } program ? program : Path.Combine(AppContext.BaseDirectory, "odoosky.dll");

    public async Task RunAsync()
    {
        var folder = fleet.Folder("served");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "odoosky.yaml"),
            $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  bench:\n    repository: {fleet.Remote}\n    base: main\n    helm: 4\n    schedule: {{reconcile: 1m}}\n");
        Samples ready = new(), cpu = new(), memory = new();
        await StartAsync(folder, _ => Task.CompletedTask); // clones
        for (var i = 0; rounds.Go(i, 5); i++) ready.Add(await StartAsync(folder, _ => Task.CompletedTask));
        await StartAsync(folder, async service =>
        {
            await Task.Delay(Settled);
            var (before, watch) = (Busy(service.Id), Stopwatch.StartNew());
            await Task.Delay(Watched);
            cpu.Add((Busy(service.Id) - before) / watch.Elapsed.TotalSeconds * 100);
            memory.Add(Peak(service.Id));
        });
        report.Row((Ready, fleet.Instances, "≤ 2 s"), "ms", ready, null);
        report.Row(("serve: idle, a pass a minute, of one core", fleet.Instances, "≤ 1 %"), "%", cpu, null);
        report.Row(("serve: peak memory", fleet.Instances, "≤ 300 MiB"), "MiB", memory, null);
    }

    // How long it took to be ready, in ms.
    private static async Task<double> StartAsync(string folder, Func<Process, Task> meanwhile)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Program, "serve", "--urls", "http://127.0.0.1:0", "--log-format", "json", "--cache", Path.Combine(folder, "cache")])
        {
            UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = folder,
        };
        using var service = Process.Start(start)!;
        try
        {
            var address = await AddressAsync(service);
            _ = service.StandardError.BaseStream.CopyToAsync(Stream.Null);
            await ReadyAsync(new Uri(address, "readyz"), service);
            var took = watch.Elapsed.TotalMilliseconds;
            await meanwhile(service);
            return took;
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }
    }

    private static async Task<Uri> AddressAsync(Process service)
    {
        while (await service.StandardError.ReadLineAsync() is { } line)
            if (line.Contains("\"listening\"", StringComparison.Ordinal))
                return new Uri(System.Text.Json.Nodes.JsonNode.Parse(line)!["detail"]!.GetValue<string>());
        throw new InvalidOperationException("The service ended before it listened.");
    }

    private static async Task ReadyAsync(Uri probe, Process service)
    {
        using var http = new HttpClient();
        while (!service.HasExited)
        {
            using var answer = await http.GetAsync(probe);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            await Task.Delay(10);
        }
    }

    // Its own time and that of children that have ended, in seconds.
    private static double Busy(int id)
    {
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
        return fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / 100;
    }

    private static double Peak(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(each => each.StartsWith("VmHWM", StringComparison.Ordinal));
        return double.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) / 1024;
    }
}
