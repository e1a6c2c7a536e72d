using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Tests.Passes;

namespace OdooSky.GitOps.Reconciler.Tests.Schedule;

/// <summary>The service as a process of its own, told by signals to its own pid, read by its log.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> said = [];

    private ServedProcess(Process process) => this.process = process;

    public string Log => string.Join('\n', said);

    /// <summary>Starts it on a fleet, with the settings that stand in the fleet's folder.</summary>
    public static ServedProcess Start(TestFleet fleet, string cache = "cache", Action<ProcessStartInfo>? tune = null)
    {
        // Started in the background, a test run ignores Ctrl-C, and so would its children.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", "dotnet", Path.Combine(AppContext.BaseDirectory, "odoosky.dll"), "serve", "--urls", "http://127.0.0.1:0",
            "--cache", Path.Combine(fleet.Folder, cache), "--proposals", fleet.Proposals])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = fleet.Folder,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        tune?.Invoke(start);
        return new ServedProcess(Process.Start(start)!);
    }

    /// <summary>Writes odoosky.yaml with one target, the fleet's own.</summary>
    public static void Settings(TestFleet fleet, string schedule, string more = "") => File.WriteAllText(
        Path.Combine(fleet.Folder, "odoosky.yaml"),
        $"apiVersion: odoosky.io/v1\nkind: Settings\ntargets:\n  prod:\n    repository: {fleet.Remote}\n    schedule: {schedule}\n{more}");

    /// <summary>Reads the log up to a line of which this is true.</summary>
    public async Task<JsonNode> SaysAsync(Func<JsonNode, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith('{') && JsonNode.Parse(line) is { } node && wanted(node)) return node;
        }

        throw new InvalidOperationException($"the service ended without saying it:\n{Log}");
    }

    /// <summary>Where it listens, once it says so.</summary>
    public async Task<Uri> AddressAsync() => new((string)(await SaysAsync(line => (string?)line["event"] == "listening"))["detail"]!);

    public Task<JsonNode> RanAsync(string job, string how = "ran") => SaysAsync(line => (string?)line["event"] == how && (string?)line["job"] == job);

    public Task SignalAsync(string signal) => TestProgram.RunAsync("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);

    public async Task<int> EndAsync(string signal)
    {
        await SignalAsync(signal);
        return await EndedAsync();
    }

    /// <summary>Waits for its end, and gives its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        var rest = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await process.WaitForExitAsync(limit.Token);
        said.Add(await rest);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
