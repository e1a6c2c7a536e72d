using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>Which pull requests may be merged without a person.</summary>
internal enum AutoMerge
{
    /// <summary>None.</summary>
    Never,

    /// <summary>Those that change no init container.</summary>
    AuditOnly,

    /// <summary>Those that restart nothing.</summary>
    NoRestart,

    /// <summary>All.</summary>
    All,
}

/// <summary>The file <c>gitops.yaml</c> at the root of the repository: how its overlays are kept. Its owners are the repository's.</summary>
internal sealed record GitOpsSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "gitops.yaml";

    /// <summary>The chart's folder in the repository, for its defaults and its restart paths; null (default): not known, so that every path counts as a restart.</summary>
    public string? Chart { get; init; }

    /// <summary>Where an instance's overlay lies. Default <c>instances/{code}/values.yaml</c>.</summary>
    public OverlayTemplate Overlays { get; init; } = OverlayTemplate.Default;

    /// <summary>What one pull request carries. Default <c>instance</c>.</summary>
    public Grouping Grouping { get; init; } = Grouping.ByInstance;

    /// <summary>The order in which a fleet is changed; none (default): all at once.</summary>
    public ImmutableArray<Ring> Rings { get; init; } = [];

    /// <summary>What becomes of changes of builtin rows alone. Default <c>propose</c>.</summary>
    public BuiltinOnlyPolicy BuiltinOnlyChanges { get; init; } = BuiltinOnlyPolicy.Propose;

    /// <summary>What is merged without a person. Default <c>never</c>.</summary>
    public AutoMerge AutoMerge { get; init; } = AutoMerge.Never;

    /// <summary>How much may be open at once.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>How much one pass may change.</summary>
    public GuardLimits Guards { get; init; } = new();

    /// <summary>Digests of plans that may pass the guards. Default none.</summary>
    public ImmutableArray<string> Approvals { get; init; } = [];

    /// <summary>Labels of each pull request. Default <c>odoosky</c>.</summary>
    public ImmutableArray<string> Labels { get; init; } = ["odoosky"];

    /// <summary>Who is asked to review. Default none.</summary>
    public ImmutableArray<string> Reviewers { get; init; } = [];

    /// <summary>To whom pull requests are assigned. Default none.</summary>
    public ImmutableArray<string> Assignees { get; init; } = [];

    /// <summary>Whether pull requests start as drafts. Default no.</summary>
    public bool Draft { get; init; }

    /// <summary>The addon sources that are allowed; none named (default): any.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];
}

/// <summary>How much may be open at once.</summary>
internal sealed record Limits
{
    /// <summary>Open pull requests, 1 to 1,000. Default 10.</summary>
    public int OpenPullRequests { get; init; } = 10;

    /// <summary>New pull requests in any hour, 1 to 1,000. Default 20.</summary>
    public int NewPerHour { get; init; } = 20;

    /// <summary>Instances in one pull request, 1 to 10,000; larger groups are split. Default 100.</summary>
    public int GroupSize { get; init; } = 100;
}

/// <summary>A part of the fleet that is changed together, after the rings before it.</summary>
internal sealed record Ring
{
    /// <summary>The ring's name, a label's form.</summary>
    public required string Name { get; init; }

    /// <summary>Labels that its instances have, all of them; none: every instance that no earlier ring has.</summary>
    public ImmutableArray<(string Name, string Value)> Selector { get; init; } = [];

    /// <summary>How long its changes must have been live before the next ring starts. Default none.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.Zero;

    /// <summary>Restarts in any hour, 1 to 10,000; null (default): no limit.</summary>
    public int? MaxRestartsPerHour { get; init; }

    /// <summary>When nothing is proposed. Default never.</summary>
    public ImmutableArray<Freeze> Freezes { get; init; } = [];
}

/// <summary>A time of the week in which a ring rests, in the schedule's time zone.</summary>
/// <param name="From">When it starts.</param>
/// <param name="To">When it ends; at or before the start means the next day.</param>
/// <param name="Days">The days on which it starts; never empty.</param>
internal sealed record Freeze(TimeOnly From, TimeOnly To, ImmutableArray<DayOfWeek> Days);
