using System.Diagnostics;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Overlay.Tests.Helm.Hostile;

/// <summary>What a child process found, and what it cost from its first instruction on, .NET's own start included.</summary>
/// <param name="Outcome"><c>read</c>, or the rule of the failure.</param>
/// <param name="ProcessorTime">Of all its threads: it does not depend on what else the machine does.</param>
/// <param name="PeakKibibytes">The most memory it had resident.</param>
internal sealed record HostileOutcome(string Outcome, TimeSpan ProcessorTime, long PeakKibibytes);

/// <summary>Reads one file in a process of its own, with a heap and a stack that have an end.</summary>
internal static class HostileChild
{
    public const string Verb = "read-hostile-text";

    /// <summary>As <c>odoosky hash</c> does, which knows a quicker way for ordinary files.</summary>
    public const string Hash = "hash";

    /// <summary>Builds all values, as a plan does.</summary>
    public const string Values = "values";

    /// <summary>Looks for traps, as <c>hash --explain</c> and <c>validate</c> do; the outcome counts findings.</summary>
    public const string Lint = "lint";

    /// <summary>Reads it as an overlay and plans a row less, as <c>plan</c> and <c>validate</c> do; the outcome is what happens and why.</summary>
    public const string Plan = "plan";

    /// <summary>64 MiB, in hexadecimal as .NET takes it: beyond it the child dies.</summary>
    private const string HeapLimit = "4000000";

    private const int Stack = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>In the parent: starts the child and waits.</summary>
    public static HostileOutcome Start(string way, byte[] text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, text);
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(HostileChild).Assembly.Location, Verb, way, file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        })!;
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(Patience)) child.Kill();
        child.WaitForExit();
        File.Delete(file);
        if (child.ExitCode != 0) return new($"crashed with {child.ExitCode}: {errors.Result}", TimeSpan.Zero, 0);
        var parts = output.Result.Split(' ');
        return new(parts[0], TimeSpan.FromMilliseconds(Number(parts[1])), Number(parts[2]));
    }

    /// <summary>In the child.</summary>
    public static int Run(string way, string file)
    {
        var outcome = "none";
        var thread = new Thread(() => outcome = Use(way, File.ReadAllBytes(file)), Stack);
        thread.Start();
        thread.Join();
        var spent = (long)Environment.CpuUsage.TotalTime.TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome} {spent} {PeakKibibytes()}"));
        return 0;
    }

    private static string Use(string way, byte[] text)
    {
        if (way is Lint) return ValuesLint.Look(text).Count.ToString(CultureInfo.InvariantCulture);
        if (way is Plan) return Planned(text);
        var input = new HelmInput { Files = [text] };
        var failure = way is Hash ? HelmValues.HashAddons(input).Failure : HelmValues.Read(input).Failure;
        return failure?.Rule ?? "read";
    }

    private static string Planned(byte[] text)
    {
        var code = InstanceCode.TryParse("acme")!;
        var wish = new DesiredInstance { Code = code, Place = new Place("desired"), Addons = [], Request = Request.None, Revision = "r" };
        var rules = new PlanRules { ChartValues = "addons: []\n"u8.ToArray(), RestartPaths = RestartPaths.Unknown };
        var overlay = OverlayDocument.Read("acme.yaml", text, code);
        var change = new InstancePlanner(rules).Plan(new InstanceFacts(code, "acme.yaml", wish, false, overlay));
        return change.Problems.Where(problem => problem.Severity is Severity.Error).Select(problem => problem.Code).FirstOrDefault() ?? change.Action.ToString();
    }

    private static long PeakKibibytes()
    {
        var line = File.ReadLines("/proc/self/status").Single(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
        return Number(line.Split(' ', '\t')[^2]);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
