using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary><c>status.operationState</c>: the running or the last sync. It is absent at the start of a sync, and may stay absent.</summary>
internal sealed record OperationState
{
    /// <summary>
    /// Running, Terminating, Succeeded, Failed or Error. Running with a <see cref="FinishedAt"/> waits for a retry, and Running
    /// is also said while a sync window blocks.
    /// </summary>
    public string? Phase { get; init; }

    /// <summary>What was asked for. While it runs, other fields can still speak of the previous operation.</summary>
    public SyncOperation? Operation { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>1 with the first failure that is retried.</summary>
    public int RetryCount { get; init; }

    public string? Message { get; init; }
}

/// <summary>A sync that was asked for.</summary>
internal sealed record SyncOperation
{
    /// <summary><c>sync.revision</c>; empty in Argo CD's own writing for several sources, and null here then.</summary>
    public string? Revision { get; init; }

    /// <summary><c>sync.revisions</c>.</summary>
    public ImmutableArray<string> Revisions { get; init; } = [];

    /// <summary><c>retry.limit</c>; null when none is written.</summary>
    public int? RetryLimit { get; init; }
}
