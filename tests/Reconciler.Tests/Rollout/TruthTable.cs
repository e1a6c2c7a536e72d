using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary><c>status.sync.status</c>.</summary>
internal enum RowSync
{
    Synced,
    OutOfSync,
    Unknown,
}

/// <summary><c>status.health.status</c>.</summary>
internal enum RowHealth
{
    Healthy,
    Progressing,
    Degraded,
    Missing,
}

/// <summary>The last operation, which was asked for with the very revision that was compared.</summary>
internal enum RowOperation
{
    /// <summary>No <c>operationState</c> at all.</summary>
    None,

    /// <summary>Phase Running without <c>finishedAt</c>.</summary>
    Running,

    /// <summary>Phase Running with <c>finishedAt</c> and a retryCount of 1.</summary>
    Retrying,

    /// <summary>Phase Succeeded.</summary>
    Succeeded,

    /// <summary>Phase Failed.</summary>
    Failed,

    /// <summary>Phase Error.</summary>
    Error,
}

/// <summary>How the compared revision stands to our landing commit.</summary>
internal enum RowRevision
{
    /// <summary>It is our commit.</summary>
    Ours,

    /// <summary>A later commit of the branch; the overlay there is ours.</summary>
    LaterSameOverlay,

    /// <summary>A later commit of the branch; the overlay there is another.</summary>
    LaterOtherOverlay,

    /// <summary>A commit that does not contain ours.</summary>
    Older,

    /// <summary>A commit that the history at hand does not have.</summary>
    NotInHistory,
}

/// <summary>What the Deployment says; it is observed, not paused, and wants one pod.</summary>
internal enum RowDeployment
{
    /// <summary>The expected hash, all counts right, one ready pod of the newest ReplicaSet.</summary>
    Rolled,

    /// <summary>The expected hash, the new pod is not ready, the deadline has not passed.</summary>
    Rolling,

    /// <summary>Another hash, with that all rolled.</summary>
    OtherHash,
}

/// <summary>
/// One row. Everything else is plain: one Application with automated sync whose status speaks of its spec, no condition,
/// no deletion, no sync window, no other inputs; the change gave a new hash and landed 10 min before now; all was read just now.
/// <c>Fresh</c>: <c>reconciledAt</c> is after <c>finishedAt</c>; else before it (and where nothing finished it makes no difference).
/// </summary>
internal sealed record TruthRow(RowSync Sync, RowHealth Health, RowOperation Operation, RowRevision Revision, bool Fresh, RowDeployment Deployment);

/// <summary>
/// An independent opinion, written from the contract alone by somebody who has not read the judge. It sees the row, never the
/// case made from it. To plug one in, add a test beside <see cref="TruthTableTests"/>:
/// <code>
/// TruthOracle oracle = row => …;
/// Assert.Empty(TruthTable.Rows.Where(row => oracle(row) != TruthTable.Judge(row).Kind));
/// </code>
/// </summary>
/// <returns>The verdict's kind.</returns>
internal delegate VerdictKind TruthOracle(TruthRow row);

/// <summary>All 2,160 rows: 3 × 4 × 6 × 5 × 2 × 3.</summary>
internal static class TruthTable
{
    private const string Commit = "1111111111111111111111111111111111111111";
    private const string Later = "2222222222222222222222222222222222222222";
    private const string Blob = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string OtherBlob = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Repository = "https://git.example/acme/fleet.git";

    public static DateTimeOffset Now { get; } = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<TruthRow> Rows =>
        from sync in Enum.GetValues<RowSync>()
        from health in Enum.GetValues<RowHealth>()
        from operation in Enum.GetValues<RowOperation>()
        from revision in Enum.GetValues<RowRevision>()
        from fresh in new[] { true, false }
        from deployment in Enum.GetValues<RowDeployment>()
        select new TruthRow(sync, health, operation, revision, fresh, deployment);

    public static Verdict Judge(TruthRow row) => RolloutJudge.Judge(Case(row));

    /// <summary>A row as the judge sees it. Tests of single rules begin with one and change a field.</summary>
    public static RolloutCase Case(TruthRow row) => new(Observe(row), Promise(row), new JudgeLimits(), Now);

    private static RolloutExpectation Promise(TruthRow row) => new()
    {
        Code = InstanceCode.TryParse("acme")!,
        Overlay = new OverlayPlace(Repository, "instances/acme/values.yaml"),
        Commit = Commit,
        LandedAt = Now.AddMinutes(-10),
        OverlayBlob = Blob,
        Hash = ExpectedHash.Of("0123456789abcdef"),
        NextChange = row.Revision == RowRevision.LaterOtherOverlay ? new LandedCommit(Later, Now.AddMinutes(-8)) : null,
        Revisions = new RevisionFacts(row.Revision switch
        {
            RowRevision.NotInHistory => ImmutableDictionary<string, RevisionFact>.Empty,
            RowRevision.Older => Fact(RevisionRelation.Lacks, OtherBlob),
            RowRevision.LaterOtherOverlay => Fact(RevisionRelation.Contains, OtherBlob),
            _ => Fact(RevisionRelation.Contains, Blob),
        }),
    };

    private static ImmutableDictionary<string, RevisionFact> Fact(RevisionRelation relation, string blob) =>
        new[] { Commit, Later }.ToImmutableDictionary(revision => revision, _ => new RevisionFact(relation, blob), StringComparer.Ordinal);

    private static RolloutObservation Observe(TruthRow row) => new()
    {
        ObservedAt = Now,
        Applications = [Application(row)],
        Deployments = [Deployment(row)],
        ReplicaSets = [new ReplicaSetState { Namespace = "odoo-acme", Name = "acme-odoo-1", Uid = "r1", OwnerUid = "d1", Revision = "4", Template = Template(row) }],
        Pods = [Pod(row)],
    };

    private static ApplicationState Application(TruthRow row)
    {
        var source = new ApplicationSource { RepoUrl = Repository, Path = "charts/instance", TargetRevision = "main", Helm = new HelmSource { ValueFiles = ["../../instances/acme/values.yaml"] } };
        var destination = new ApplicationDestination { Server = "https://kubernetes.default.svc", Namespace = "odoo-acme" };
        return new ApplicationState
        {
            Namespace = "argocd",
            Name = "acme",
            Uid = "a1",
            Spec = new ApplicationSpec { Destination = destination, Sources = [source], Automated = true },
            Status = new ApplicationStatus
            {
                Sync = new SyncStatus { Status = row.Sync.ToString(), Revision = RevisionOf(row), ComparedTo = new ComparedTo { Destination = destination, Sources = [source] } },
                Health = row.Health.ToString(),
                ReconciledAt = row.Fresh ? Now.AddMinutes(-4) : Now.AddMinutes(-6),
                OperationState = Operation(row),
            },
        };
    }

    private static string RevisionOf(TruthRow row) => row.Revision == RowRevision.Ours ? Commit : Later;

    private static OperationState? Operation(TruthRow row) => row.Operation == RowOperation.None ? null : new OperationState
    {
        Phase = row.Operation is RowOperation.Running or RowOperation.Retrying ? "Running" : row.Operation.ToString(),
        Operation = new SyncOperation { Revision = RevisionOf(row), RetryLimit = 5 },
        StartedAt = Now.AddMinutes(-7),
        FinishedAt = row.Operation == RowOperation.Running ? null : Now.AddMinutes(-5),
        RetryCount = row.Operation == RowOperation.Retrying ? 1 : 0,
    };

    private static PodTemplate Template(TruthRow row) =>
        new() { AddonsHash = row.Deployment == RowDeployment.OtherHash ? "fedcba9876543210" : "0123456789abcdef" };

    private static DeploymentState Deployment(TruthRow row)
    {
        var there = row.Deployment == RowDeployment.Rolling ? 0 : 1;
        return new DeploymentState
        {
            Namespace = "odoo-acme", Name = "acme-odoo", Uid = "d1", Generation = 4, Revision = "4", Template = Template(row),
            Status = new DeploymentStatus { ObservedGeneration = 4, Replicas = 1, UpdatedReplicas = 1, ReadyReplicas = there, AvailableReplicas = there },
        };
    }

    private static PodState Pod(TruthRow row) => new()
    {
        Namespace = "odoo-acme", Name = "acme-odoo-1-x", Uid = "p1", OwnerUid = "r1", AddonsHash = Template(row).AddonsHash, Phase = "Running",
        Conditions = [new ObjectCondition("Ready", row.Deployment == RowDeployment.Rolling ? "False" : "True", Reason: null, Message: null, Now.AddMinutes(-4))],
    };
}
