using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>An AppProject's sync windows: the only place that tells why an automated sync does not start.</summary>
internal sealed record AppProjectState
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public ImmutableArray<SyncWindow> SyncWindows { get; init; } = [];
}

/// <summary>A sync window. Lists hold names with <c>*</c>; one that matches in any list makes the window the Application's.</summary>
internal sealed record SyncWindow
{
    /// <summary><c>allow</c> or <c>deny</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>A cron expression of five fields.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>As Go writes it: <c>24h</c>.</summary>
    public string Duration { get; init; } = "";

    public ImmutableArray<string> Applications { get; init; } = [];

    public ImmutableArray<string> Namespaces { get; init; } = [];

    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Whether people may sync while it holds.</summary>
    public bool ManualSync { get; init; }
}
