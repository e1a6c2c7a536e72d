using System.Diagnostics.Metrics;
using System.Reflection;

namespace OdooSky.GitOps.Reconciler.Telemetry;

/// <summary>
/// What the program counts while it works, in one place. An instrument is called as Prometheus shows it, so that one word is found in
/// the code, on a dashboard and in docs/reference/metrics.md, which says what each means. What is known rather than counted is read
/// from the board when somebody asks. Labels hold words of the program and names out of the settings; never an instance's code. <c>job</c> and <c>instance</c>
/// are Prometheus' own labels and none of these.
/// </summary>
internal static class Instruments
{
    /// <summary>The name of the meters and of the source of spans.</summary>
    public const string Name = "OdooSky.GitOps";

    // Below a second: git and GitHub. Up to a quarter of an hour: a pass over a large fleet, with a first clone.
    private static readonly double[] Moments = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Passes = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900];
    private static readonly double[] Waits = [60, 300, 900, 1800, 3600, 14400, 43200, 86400, 259200, 604800];

    /// <summary>The version of the program with the commit that it was built from: <c>0.1.0+abc…</c>.</summary>
    public static string Build { get; } = typeof(Instruments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The meter that counts.</summary>
    public static Meter Meter { get; } = new(Name, Build.Split('+')[0]);

    public static Counter<long> JobRuns { get; } = Count("odoosky_job_runs_total", "Runs of jobs that ended, by how.");

    public static Histogram<double> JobDuration { get; } = Seconds("odoosky_job_duration_seconds", "How long runs of jobs took, failed ones too.", Passes);

    public static Counter<long> Reconciles { get; } = Count("odoosky_reconcile_total", "Passes that ended, by what came of them.");

    public static Counter<long> Proposals { get; } = Count("odoosky_proposals_total", "What was done to proposals.");

    public static Counter<long> ChangesMerged { get; } = Count("odoosky_changes_merged_total", "Proposals that were found merged.");

    public static Counter<long> ChangesDeclined { get; } = Count("odoosky_changes_declined_total", "Proposals that people were found to have closed without a merge.");

    public static Counter<long> RestartsPlanned { get; } = Count("odoosky_restarts_planned_total", "Instances whose pods restart once the proposals that were opened are merged.");

    public static Counter<long> GuardBlocked { get; } = Count("odoosky_guard_blocked_total", "Passes that a guard held.");

    public static Histogram<double> TimeToMerge { get; } = Seconds("odoosky_time_to_merge_seconds", "From the opening of a proposal to its merge.", Waits);

    public static Histogram<double> TimeToLive { get; } = Seconds("odoosky_time_to_live_seconds", "From a merge to the proof that it is live.", Waits);

    public static Counter<long> GitOperations { get; } = Count("odoosky_git_operations_total", "Runs of git, by its verb and how they ended.");

    public static Histogram<double> GitDuration { get; } = Seconds("odoosky_git_operation_duration_seconds", "How long runs of git took.", Moments);

    public static Counter<long> GitHubRequests { get; } = Count("odoosky_github_requests_total", "Requests to GitHub, by endpoint and status.");

    public static Histogram<double> GitHubDuration { get; } = Seconds("odoosky_github_request_duration_seconds", "How long GitHub took to answer.", Moments);

    public static Counter<long> KubernetesRequests { get; } = Count("odoosky_kubernetes_requests_total", "Requests to API servers, by verb and status.");

    public static Counter<long> Webhooks { get; } = Count("odoosky_webhooks_total", "Webhooks that came, by event and what came of them.");

    public static Counter<long> SettingsReloads { get; } = Count("odoosky_settings_reloads_total", "Times that the settings were read again, by what came of it.");

    public static Gauge<long> SettingsValid { get; } = Meter.CreateGauge<long>(
        "odoosky_settings_last_reload_successful", null, "1 when the settings that were read last are those that hold, 0 when they were refused.");

    private static Counter<long> Count(string name, string help) => Meter.CreateCounter<long>(name, null, help);

    private static Histogram<double> Seconds(string name, string help, double[] bounds) =>
        Meter.CreateHistogram(name, "s", help, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
