using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Replicas;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Machines;

/// <summary>An answer to a probe.</summary>
/// <param name="IsWell">200, or 503.</param>
/// <param name="Text">A line for each thing that was looked at, <c>[+]</c> or <c>[-]</c> before it, and the outcome in the last.</param>
internal sealed record HealthAnswer(bool IsWell, string Text);

/// <summary>
/// Whether the service lives and whether it is ready:
/// <code>
/// /livez   503 when a job is overdue for minutes although its target is free and there is room for it: the scheduler is stuck
/// /readyz  503 before the first pass of each target has ended, whatever came of it (none is waited for in maintenance), and once the service ends
/// </code>
/// Among several replicas each answers for the targets that it works on; one that has none to work on is ready and lives.
/// A world that does not work, a repository that can't be reached, is neither: a restart would not mend it, and the page must be there
/// to say so. Once ready, a target that the settings add does not take it back.
/// </summary>
/// <param name="board">What is known.</param>
/// <param name="time">The clock.</param>
internal sealed class Health(Board board, TimeProvider time)
{
    /// <summary>So late a job may be.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Silent = $"{ReplicaCodes.Unreachable}: the replicas' database does not answer";

    private volatile bool started, ending, wasReady;

    /// <summary>The settings were read, the targets are open, and the clockwork runs.</summary>
    public void Started() => started = true;

    /// <summary>The service ends.</summary>
    public void Ending() => ending = true;

    /// <summary>Whether it lives.</summary>
    /// <returns>The answer to <c>/livez</c>.</returns>
    public HealthAnswer Live()
    {
        if (!started || ending) return Answer("livez", [(true, ending ? "ending" : "starting")]);
        var targets = board.Now.Targets.Values.Where(target => target.IsHere).ToList();
        var running = targets.Sum(target => target.Running.Count);
        var late = running >= Clockwork.AtOnce || board.Replicas is { Trouble: not null } ? [] : targets.Where(target => target.Running.IsEmpty).SelectMany(Late).ToList();
        return Answer("livez", [(true, Said(running)), .. late.DefaultIfEmpty((true, "scheduler: nothing is overdue"))]);
    }

    /// <summary>Whether it is ready.</summary>
    /// <returns>The answer to <c>/readyz</c>.</returns>
    public HealthAnswer Ready()
    {
        if (ending) return Answer("readyz", [(false, "ending")]);
        if (!started) return Answer("readyz", [(false, board.Replicas is { Trouble: not null } ? $"starting: {Silent}" : "starting: the targets are being opened")]);
        var all = board.Now.Targets.Values.ToList();
        var passes = all.Where(target => target.IsHere)
            .Select(target => (Run: target.LastRuns.GetValueOrDefault(JobKind.Reconcile), target.Target, Rests: target.Maintenance?.Until(time.GetUtcNow()))).ToList();
        if (passes.All(pass => pass.Run is not null || pass.Rests is not null)) wasReady = true;
        return Answer("readyz", [
            .. passes.Select(pass => (wasReady || pass.Run is not null, $"{pass.Target}: {Said(pass.Run)}{Said(pass.Rests)}")),
            .. all.Where(target => !target.IsHere).Select(target => (true, $"{target.Target}: replica {target.Seat!.Replica} works on it")),
            .. Replicas(),
        ]);
    }

    private IEnumerable<(bool IsWell, string Line)> Replicas()
    {
        if (board.Replicas is not { } state) yield break;
        yield return (true, $"replica {state.Name}, {state.Living} of them");
        if (state.Trouble is not null) yield return (true, $"{Silent} since {state.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}; no job begins until it answers");
    }

    private IEnumerable<(bool IsWell, string Line)> Late(TargetBoard target) => target.NextRuns
        .Select(next => (next.Key, Late: time.GetUtcNow() - Due(next.Value)))
        .Where(next => next.Late > Tolerance)
        .Select(next => (false, string.Create(
            CultureInfo.InvariantCulture, $"scheduler: {EnumWords.Word(next.Key)} of {target.Target} is overdue for {next.Late.TotalSeconds:0} s")));

    // What was due while the replicas' database was away is due from when it came back.
    private DateTimeOffset Due(DateTimeOffset at) => board.Replicas is { } state && state.Since > at ? state.Since : at;

    private static string Said(int running) => string.Create(CultureInfo.InvariantCulture, $"jobs running: {running} of at most {Clockwork.AtOnce}");

    // The code alone: a failure's words may name what is nobody's business who may only probe.
    private static string Said(JobRun? run) => run switch
    {
        null => "the first pass has not ended",
        { Failure: { } failure } => $"the last pass failed ({failure.Split(':')[0]})",
        _ => "the last pass ended",
    };

    private static string Said(DateTimeOffset? rests) =>
        rests is { } until ? $"; maintenance until {until.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}" : string.Empty;

    private static HealthAnswer Answer(string name, IEnumerable<(bool IsWell, string Line)> lines)
    {
        var all = lines.ToList();
        var well = all.TrueForAll(line => line.IsWell);
        return new HealthAnswer(well, string.Concat(all.Select(line => $"[{(line.IsWell ? '+' : '-')}] {line.Line}\n")) + $"{name} {(well ? "passed" : "failed")}\n");
    }
}
