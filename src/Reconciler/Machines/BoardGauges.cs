using System.Diagnostics.Metrics;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Telemetry;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>What the service knows of its targets and jobs, read from the board when somebody asks.</summary>
internal sealed class BoardGauges : IDisposable
{
    private readonly Board board;

    /// <summary>Makes them.</summary>
    /// <param name="duty">The service on duty.</param>
    /// <param name="health">Whether it is ready.</param>
    public BoardGauges(Duty duty, Health health)
    {
        board = duty.Board;
        Meter = new Meter(Instruments.Name);
        Gauge("odoosky_ready", "1 while the service is ready, as /readyz says.", () => [new(health.Ready().IsWell ? 1 : 0)]);
        Gauge("odoosky_targets", "Targets that the service keeps.", () => [new(board.Now.Targets.Count)]);
        Gauge("odoosky_replicas", "Replicas that live, with this one; no series where there is one, without a database.", () => board.Replicas is { } state ? [new(state.Living)] : []);
        Gauge("odoosky_replicas_database_up", "1 while the database that replicas share answers.", () => board.Replicas is { } state ? [new(state.Trouble is null ? 1 : 0)] : []);
        Gauge("odoosky_targets_here", "Targets that this replica works on.", () => [new(Here.Count())]);
        Gauge("odoosky_jobs_running", "Jobs that run now, 0 or 1 a target.", () => Each(target => [Of(target, target.Running.Count)]));
        Times("odoosky_last_run_timestamp_seconds", "When the newest run of a job ended, failed or not.", target => target.LastRuns.Select(EndOf));
        Times("odoosky_last_success_timestamp_seconds", "When the newest run of a job ended that did not fail.", target => target.LastSuccesses.Select(EndOf));
        Times("odoosky_next_run_timestamp_seconds", "When a job runs next.", target => target.NextRuns.Select(next => (next.Key, next.Value)));
        Gauge("odoosky_github_rate_limit_remaining", "Requests that GitHub said are left of a quota.", () => duty.Works.Values.SelectMany(Left));
        PlanGauges.Add(this);
    }

    /// <summary>The meter that they belong to.</summary>
    public Meter Meter { get; }

    /// <summary>Adds a gauge.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="read">Reads all its series.</param>
    public void Gauge(string name, string help, Func<IEnumerable<Measurement<long>>> read) => Meter.CreateObservableGauge(name, read, null, help);

    // Among several replicas one tells of a target, or two would tell different things of it.
    private IEnumerable<TargetBoard> Here => board.Now.Targets.Values.Where(target => target.IsHere);

    /// <summary>Reads each target that this process works on.</summary>
    /// <param name="read">Reads one.</param>
    /// <returns>The series of all.</returns>
    public IEnumerable<Measurement<long>> Each(Func<TargetBoard, IEnumerable<Measurement<long>>> read) => Here.SelectMany(read);

    /// <summary>A value of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="value">The value.</param>
    /// <param name="labels">Further labels.</param>
    /// <returns>The measurement.</returns>
    public static Measurement<long> Of(TargetBoard target, long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var all = new KeyValuePair<string, object?>[labels.Length + 1];
        all[0] = new("target", target.Target);
        for (var i = 0; i < labels.Length; i++) all[i + 1] = new(labels[i].Name, labels[i].Value);
        return new Measurement<long>(value, all);
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private void Times(string name, string help, Func<TargetBoard, IEnumerable<(JobKind Kind, DateTimeOffset At)>> read) => Meter.CreateObservableGauge(
        name,
        () => Here.SelectMany(target => read(target).Select(each => new Measurement<double>(
            each.At.ToUnixTimeMilliseconds() / 1000.0, new("target", target.Target), new("kind", EnumWords.Word(each.Kind))))),
        "s",
        help);

    private static (JobKind Kind, DateTimeOffset At) EndOf(KeyValuePair<JobKind, JobRun> run) => (run.Key, run.Value.Begun + run.Value.Took);

    private static IEnumerable<Measurement<long>> Left(TargetWork work)
    {
        if (work.GitHub?.Client.Connection.Limits is not { } limits) yield break;
        if (limits.Remaining is { } core) yield return new(core, new("target", work.Name), new("quota", "core"));
        if (limits.RemainingOfGraphQL is { } graph) yield return new(graph, new("target", work.Name), new("quota", "graphql"));
    }
}
