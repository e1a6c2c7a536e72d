using System.Diagnostics;
using System.Globalization;

namespace OdooSky.GitOps.Bench;

/// <summary>One plan in a process of its own: nothing is warm but what the cache folder holds.</summary>
internal static class ChildPlan
{
    private const string Verb = "plan-once";

    public static bool IsAsked(string[] arguments) => arguments.Length is 3 or 4 && arguments[0] == Verb;

    /// <summary>The child's side: plans and prints its peak of memory in KiB.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var open = Targets.Open(arguments[1], arguments[2], arguments.ElementAtOrDefault(3));
        var planned = await open.Run.PlanAsync(Targets.Nothing, CancellationToken.None);
        var peak = (await File.ReadAllLinesAsync("/proc/self/status")).First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        Console.WriteLine(string.Concat(peak.Where(char.IsAsciiDigit)));
        return planned.Usable && !planned.Plan.Changes.Any() ? 0 : 1;
    }

    /// <summary>The parent's side.</summary>
    /// <param name="remote">The fleet.</param>
    /// <param name="cache">The cache folder.</param>
    /// <param name="settings">A settings file, or null.</param>
    /// <returns>The child's peak of memory in MiB.</returns>
    public static async Task<double> StartAsync(string remote, string cache, string? settings = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ChildPlan).Assembly.Location, Verb, remote, cache, .. settings is null ? (string[])[] : [settings]]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? double.Parse(output.Trim(), CultureInfo.InvariantCulture) / 1024
            : throw new InvalidOperationException("The child did not find a fleet that is as wished.");
    }
}
