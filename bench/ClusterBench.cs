using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Bench;

/// <summary>The first verdicts on a fleet, from its Applications, Deployments, ReplicaSets and Pods, against kubectl that only passes the same bytes on.</summary>
internal sealed class ClusterBench(int instances, string home, Report report, Rounds rounds)
{
    private const string Verb = "read-cluster";

    private static readonly string[] Paths =
        ["/apis/argoproj.io/v1alpha1/namespaces/argocd/applications", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets", "/api/v1/pods"];

    private readonly ImmutableArray<RolloutExpectation> promises = [.. Enumerable.Range(0, instances).Select(Promise)];

    public static bool IsAsked(string[] arguments) => arguments.Length == 2 && arguments[0] == Verb;

    /// <summary>The child's side: reads once and prints how much its memory grew, in KiB.</summary>
    public static async Task<int> ReadAsync(string[] arguments)
    {
        var before = Memory("VmRSS");
        using var rollouts = Open(new Uri(arguments[1]));
        var reading = await rollouts.ReadAsync(CancellationToken.None);
        Console.WriteLine((Memory("VmHWM") - before).ToString(CultureInfo.InvariantCulture));
        return reading.ArgoCluster.Pods.Objects.Count > 0 && reading.ArgoCluster.Pods.Trouble is null ? 0 : 1;
    }

    public async Task RunAsync()
    {
        using var server = await ListServer.StartAsync(instances);
        var kubectl = FindKubectl();
        Samples ours = new(), theirs = new(), memory = new();
        await TimeAsync(() => JudgeOnceAsync(server.Address));
        for (var i = 0; rounds.Go(i, 7); i++)
        {
            ours.Add(await TimeAsync(() => JudgeOnceAsync(server.Address)));
            if (kubectl is not null) theirs.Add(await TimeAsync(() => Task.WhenAll(Paths.Select(path => KubectlAsync(kubectl, server.Address, path)))));
            memory.Add(await GrowthAsync(server.Address));
        }

        report.Row(("first verdicts from four kinds", instances, "≤ 1.5 ×"), "ms", ours, kubectl is null ? null : ("kubectl get --raw", theirs));
        report.Row(("memory above the base while it reads", instances, "≤ 200 MiB"), "MiB", memory, null);
    }

    private static Rollouts Open(Uri address)
    {
        var access = new ClusterAccess { Name = FleetReading.This, Server = address };
        var destinations = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("https://kubernetes.default.svc", FleetReading.This);
        return new Rollouts(new ClusterPlan([access], ["argocd"], destinations), new ClusterLimits(), TimeProvider.System);
    }

    private async Task JudgeOnceAsync(Uri address)
    {
        using var rollouts = Open(address);
        var live = Judge(await rollouts.ReadAsync(CancellationToken.None));
        if (live != instances) throw new InvalidOperationException($"{live} of {instances} are live.");
    }

    private int Judge(FleetReading reading)
    {
        var index = new ApplicationIndex(ApplicationMatch.BySource, ClusterText.Repository);
        index.Take(reading.ArgoCluster.Applications, changed: null);
        var (sight, now) = (new FleetSight(reading, index), TimeProvider.System.GetUtcNow());
        return promises.AsParallel().Count(promise => RolloutJudge.Judge(new RolloutCase(sight.Observe(promise.Code, promise.Overlay.Path), promise, new JudgeLimits(), now)).Kind == VerdictKind.Live);
    }

    private static RolloutExpectation Promise(int i)
    {
        var (code, blob) = (ClusterText.Code(i), new string('b', 40));
        var facts = new RevisionFacts(ImmutableDictionary<string, RevisionFact>.Empty.Add(ClusterText.Commit, new RevisionFact(RevisionRelation.Contains, blob)));
        return new RolloutExpectation
        {
            Code = InstanceCode.TryParse(code)!,
            Overlay = new OverlayPlace(ClusterText.Repository, $"instances/{code}/values.yaml"),
            Commit = ClusterText.Commit,
            LandedAt = new DateTimeOffset(2026, 11, 22, 10, 8, 40, TimeSpan.Zero),
            OverlayBlob = blob,
            Hash = ExpectedHash.Of(ClusterText.Hash),
            HashChanged = true,
            Revisions = facts,
        };
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private async Task KubectlAsync(string kubectl, Uri address, string path)
    {
        string[] arguments = ["--server", address.AbsoluteUri, "--cache-dir", Path.Combine(home, "kubectl"), "get", "--raw", path];
        using var process = Process.Start(new ProcessStartInfo(kubectl, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("kubectl failed.");
    }

    private static async Task<double> GrowthAsync(Uri address)
    {
        string[] arguments = [typeof(ClusterBench).Assembly.Location, Verb, address.AbsoluteUri];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) / 1024 : throw new InvalidOperationException("The child read no cluster.");
    }

    private static long Memory(string what)
    {
        var line = File.ReadAllLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal));
        return long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }

    private static string? FindKubectl()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, ".tools", "kubectl")))
                return Path.Combine(folder.FullName, ".tools", "kubectl");
        return null;
    }
}
