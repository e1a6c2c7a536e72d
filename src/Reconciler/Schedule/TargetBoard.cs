using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>What the service knows of one target, as its jobs found it last. It is memory only: Git, the forge and the cluster are the record.</summary>
internal sealed record TargetBoard
{
    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>When nothing runs by itself; null: there is no such time.</summary>
    public Maintenance? Maintenance { get; init; }

    /// <summary>The newest pass that came to its end; null before the first.</summary>
    public PassReport? Pass { get; init; }

    /// <summary>The plan of the first pass: proposing a fleet takes minutes, and there is something to look at before. Null before it.</summary>
    public PlannedPass? FirstPlan { get; init; }

    /// <summary>The newest proof of each instance, in order of code; empty before the first, and where no cluster is named.</summary>
    public ImmutableArray<InstanceProof> Proofs { get; init; } = [];

    /// <summary>The restarts that changes of the last two weeks asked for, and when they were done; empty where no cluster is named.</summary>
    public ImmutableArray<RestartFact> Restarts { get; init; } = [];

    /// <summary>The newest drift findings; null before the first look.</summary>
    public ImmutableArray<DriftFinding>? Drift { get; init; }

    /// <summary>Which replica works on it; null where there is one replica.</summary>
    public Seat? Seat { get; init; }

    /// <summary>Whether this process works on it.</summary>
    public bool IsHere => Seat is not { IsHere: false };

    /// <summary>Its jobs that run on other replicas, and since when.</summary>
    public ImmutableSortedDictionary<JobKind, DateTimeOffset> Elsewhere { get; init; } = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty;

    /// <summary>When this process read what stands here by itself, while another replica works on the target; null: it did not.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What came of the newest pass on whichever replica, as JSON; null before the first, and when it failed.</summary>
    public string? Outcome { get; init; }

    /// <summary>The newest run of each job, failed or not.</summary>
    public ImmutableSortedDictionary<JobKind, JobRun> LastRuns { get; init; } = ImmutableSortedDictionary<JobKind, JobRun>.Empty;

    /// <summary>The newest run of each job that did not fail.</summary>
    public ImmutableSortedDictionary<JobKind, JobRun> LastSuccesses { get; init; } = ImmutableSortedDictionary<JobKind, JobRun>.Empty;

    /// <summary>When each job runs next; a job without an entry does not run by itself.</summary>
    public ImmutableSortedDictionary<JobKind, DateTimeOffset> NextRuns { get; init; } = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty;

    /// <summary>The jobs that run now, and since when.</summary>
    public ImmutableSortedDictionary<JobKind, DateTimeOffset> Running { get; init; } = ImmutableSortedDictionary<JobKind, DateTimeOffset>.Empty;

    /// <summary>The board after a run: it is the newest, and nothing of its kind runs.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The new board.</returns>
    public TargetBoard After(JobRun run) => this with
    {
        Running = Running.Remove(run.Kind),
        LastRuns = LastRuns.SetItem(run.Kind, run),
        LastSuccesses = run.Failure is null ? LastSuccesses.SetItem(run.Kind, run) : LastSuccesses,
    };
}
