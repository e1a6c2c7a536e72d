using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Doctor;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Promotion;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler;

/// <summary>A target that is open for work.</summary>
/// <param name="Run">The passes.</param>
/// <param name="Merging">Merges where there is no forge.</param>
/// <param name="Adopting">Reads overlays as a wish.</param>
/// <param name="Audit">Tells what happened.</param>
/// <param name="Repository">The repository's cache, closed with this.</param>
internal sealed record OpenTarget(ReconcileRun Run, Merging Merging, Adopting Adopting, AuditTrail Audit, Git.Repository Repository) : IAsyncDisposable
{
    /// <summary>The way to GitHub, closed with this; null where there is no forge.</summary>
    public GitHubAccess? GitHub { get; init; }

    /// <summary>Where proposals are shown.</summary>
    public required IPullRequests Proposals { get; init; }

    /// <summary>Looks at all that a pass needs.</summary>
    public required Examination Doctor { get; init; }

    /// <summary>Takes declines back.</summary>
    public required Reopening Reopening { get; init; }

    /// <summary>Moves addons from one instance to another.</summary>
    public required Promotions Promotions { get; init; }

    /// <summary>Suspends and resumes.</summary>
    public required SuspensionDesk Suspensions { get; init; }

    /// <summary>The way to the clusters, closed with this.</summary>
    public required ClusterDoor Clusters { get; init; }

    /// <summary>Says what was proven where people look.</summary>
    public required Telling Telling { get; init; }

    /// <summary>Asks clusters whether what was merged is live.</summary>
    public required Func<IRollouts, Verification> Verify { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Clusters.Dispose();
        GitHub?.Dispose();
        return Repository.DisposeAsync();
    }
}

/// <summary>The one place where objects are put together.</summary>
internal static class Hosting
{
    /// <summary>Opens a target: takes its cache's folder, talks to nobody yet.</summary>
    /// <param name="target">What to open.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <returns>The open target.</returns>
    public static OpenTarget Open(RunTarget target, TimeProvider time, Secrets secrets)
    {
        var github = target.GitHub is null ? null : GitHubAccess.Open(target.GitHub, time, secrets);
        return Open(target, time, github, ProposalsOf(target, github, time));
    }

    /// <summary>Opens a target whose proposals are shown in a place of the caller's.</summary>
    /// <param name="target">What to open.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <param name="proposals">Where proposals are shown.</param>
    /// <returns>The open target.</returns>
    public static OpenTarget Open(RunTarget target, TimeProvider time, Secrets secrets, IPullRequests proposals) =>
        Open(target, time, target.GitHub is null ? null : GitHubAccess.Open(target.GitHub, time, secrets), proposals);

    /// <summary>Finds out what to work on: flags, then <c>ODOOSKY_*</c>, then <c>odoosky.yaml</c>, then defaults.</summary>
    /// <param name="choice">What flags and environment say.</param>
    /// <returns>The target, or the problems that keep it from being one.</returns>
    public static (RunTarget? Target, ImmutableArray<Problem> Problems) Resolve(TargetChoice choice) => TargetResolver.Resolve(choice);

    private static OpenTarget Open(RunTarget target, TimeProvider time, GitHubAccess? github, IPullRequests proposals)
    {
        var repository = RepositoryOf(target, github, time);
        var (memory, snapshots) = (new FleetMemory(new KeptMemory(repository.MemoryFile)), new Snapshots(repository, target));
        var observer = new Observer(repository, target, memory);
        var (planner, book) = (new FleetPlanner(memory), new SuspensionBook(repository, target.Identity, target.Base));
        var clusters = new ClusterDoor(target.Cluster, target.Environment, time);
        var run = new ReconcileRun(
            target, snapshots, observer, planner, new Deciding(repository, proposals, target, time),
            new Proposer(repository, proposals, target, new RefusalMemory(time)), new RingProof(clusters, Verify), new Suspending(book, target, time));
        var audit = new AuditTrail(repository, target, observer);
        return new OpenTarget(run, new Merging(repository, proposals, snapshots, target, time), new Adopting(snapshots, observer), audit, repository)
        {
            Promotions = new Promotions(repository, target, new PromotionReader(repository, target, audit), (snapshots, observer), proposals),
            Doctor = new Examination(repository, snapshots, observer, github is null ? null : new ForgeChecks(github, target, time), target),
            Reopening = new Reopening(proposals, target),
            Suspensions = new SuspensionDesk(snapshots, observer, planner, book, (target, time)),
            GitHub = github,
            Proposals = proposals,
            Telling = new Telling(repository, proposals, target, time),
            Clusters = clusters,
            Verify = Verify,
        };

        Verification Verify(IRollouts rollouts) => new(new FleetProof(new MergedReader(repository, target, observer), repository, target.Repository.Text, time), rollouts, time);
    }

    private static Git.Repository RepositoryOf(RunTarget target, GitHubAccess? github, TimeProvider time) =>
        new(new GitProgram(time, new GitLimits()), target.Repository, target.CacheFolder, CredentialsOf(github, target.Repository));

    private static IPullRequests ProposalsOf(RunTarget target, GitHubAccess? github, TimeProvider time) => github is null
        ? new ProposalFolder(target.ProposalsFolder)
        : new GitHubPullRequests(github.Client, new PullRequestPlace(github.Name, target.BaseName, target.RepositoryId), time);

    // The header is asked for before each call of git: a token of an app lives for an hour.
    private static GitCredentials CredentialsOf(GitHubAccess? github, RemoteAddress address) =>
        github is null || address.Protocol is not ("https" or "http")
            ? Git.Repository.NoCredentials
            : async cancellation => [.. (await github.GitSettingsAsync(new Uri(address.Text), cancellation)).Select(setting => new GitSetting(setting.Key, setting.Value))];
}
