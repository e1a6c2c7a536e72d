using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Doctor;

/// <summary>
/// Looks at all that a pass needs, and writes nothing:
/// <code>
/// git           the remote answers, and has the base branch
/// desired       settings and desired state at the base head are read without an error
/// write path    a push of a branch of ours would be let in (git push --dry-run: rights, not rules)
/// forge         credential, rights, repository, rules, people, limit, clock
/// </code>
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="snapshots">Reads the remote's heads.</param>
/// <param name="observer">Reads commits.</param>
/// <param name="forge">Looks at GitHub; null where there is no forge.</param>
/// <param name="target">What passes work on.</param>
internal sealed class Examination(Git.Repository repository, Snapshots snapshots, Observer observer, ForgeChecks? forge, RunTarget target)
{
    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The results, in order; what an earlier failure hides is skipped.</returns>
    public async Task<ImmutableArray<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<CheckResult>();
        var (snapshot, git) = await TakeAsync(cancellationToken);
        results.Add(git);
        var settings = default(EffectiveSettings);
        if (snapshot is not null)
        {
            (settings, var desired) = await ObserveAsync(snapshot, cancellationToken);
            results.Add(desired);
            results.Add(await WritePathAsync(snapshot, cancellationToken));
        }

        if (forge is null) results.Add(new CheckResult("forge", CheckState.Skipped, "none is named: branches are pushed, and proposals are texts in a folder", "Write forge: {kind: github} for pull requests."));
        else results.AddRange(await forge.RunAsync(settings, cancellationToken));
        return results.ToImmutable();
    }

    private async Task<(Snapshot? Snapshot, CheckResult Result)> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await snapshots.TakeAsync(null, cancellationToken);
            return (snapshot, new CheckResult("git", CheckState.Ok, $"{target.Repository} answers; {target.BaseName} is at {snapshot.Base.Id.Text[..12]}"));
        }
        catch (GitFailure failure)
        {
            return (null, Failed("git", failure));
        }
        catch (GitHubFailure failure)
        {
            return (null, new CheckResult("git", CheckState.Failed, failure.Message, "Mend the credential first: Git uses the same.") { IsCredential = failure.Kind == GitHubFailureKind.Unauthorized });
        }
    }

    private async Task<(EffectiveSettings? Settings, CheckResult Result)> ObserveAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var observed = await observer.ObserveAsync(snapshot.Base, snapshot.Desired, cancellationToken);
            var errors = observed.Problems.Concat(observed.Desired.Problems).Count(problem => problem.Severity == Severity.Error);
            return (observed.Effective, errors == 0
                ? new CheckResult("desired", CheckState.Ok, $"settings and {PlanWords.Count(observed.Desired.Instances.Length, "desired instance")} are read")
                : new CheckResult("desired", CheckState.Failed, $"{PlanWords.Count(errors, "error")} in the settings or the desired state", "odoosky validate lists them with their places."));
        }
        catch (DesiredFailure failure)
        {
            return (null, new CheckResult("desired", CheckState.Failed, failure.Message, "Look at the database: connection, rights, tables."));
        }
    }

    private async Task<CheckResult> WritePathAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var branch = ChangeSet.BranchPrefix(target.Name) + "doctor";
        try
        {
            var result = await repository.TryPushAsync(new RefUpdate(RefName.TryBranch(branch)!, snapshot.Base.Id, null), cancellationToken);
            return result.IsThere
                ? new CheckResult("write path", CheckState.Ok, $"a push of {branch} would be let in; nothing was pushed")
                : new CheckResult("write path", CheckState.Failed, $"a push of {branch} would be refused: {result.Reason ?? result.Outcome.ToString()}", "Let the credential write branches below odoosky/.");
        }
        catch (GitFailure failure)
        {
            var failed = Failed("write path", failure);
            return failed with { IsCredential = failed.IsCredential || failure.Kind == GitFailureKind.Refused };
        }
    }

    private static CheckResult Failed(string check, GitFailure failure) => new(check, CheckState.Failed, failure.Message, failure.LacksCredentials
        ? "Name forge.app or forge.tokenFile, or set ODOOSKY_GITHUB_TOKEN; for ssh:// look at your keys."
        : failure.Kind == GitFailureKind.Refused ? "Look at the address, the base branch, and the rights of the credential." : "Look at the address, the network and the proxy.")
    {
        IsCredential = failure.LacksCredentials,
    };
}
