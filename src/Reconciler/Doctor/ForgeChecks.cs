using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Doctor;

/// <summary>Looks at GitHub: who we are there, what we may do, whether it is the right repository, its rules, its clock. Writes nothing.</summary>
/// <param name="access">The way to GitHub.</param>
/// <param name="target">What passes work on.</param>
/// <param name="time">The clock.</param>
internal sealed class ForgeChecks(GitHubAccess access, RunTarget target, TimeProvider time)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(30);

    private GitHubClient Client => access.Client;

    /// <summary>Looks.</summary>
    /// <param name="settings">The settings at the base head, or null when they could not be read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The results, in order.</returns>
    public async Task<ImmutableArray<CheckResult>> RunAsync(EffectiveSettings? settings, CancellationToken cancellationToken)
    {
        var (received, failure) = await LookAsync(cancellationToken);
        if (received is null) return [failure!, .. Clock()];
        var ours = ChangeSet.BranchPrefix(target.Name) + "doctor";
        return
        [
            .. new CredentialChecks(access.Credential, time).Of(received),
            Identity(received.Value),
            await TryAsync("base rules", async () => RuleChecks.Base(target.BaseName, await Client.Repository.RulesAsync(access.Name, target.BaseName, cancellationToken))),
            await TryAsync("branch rules", async () => RuleChecks.Ours(ours, await Client.Repository.RulesAsync(access.Name, ours, cancellationToken))),
            .. await AskedAsync(settings, received.Value, cancellationToken),
            await TryAsync("limit", async () => Limit(await Client.RateLimitAsync(cancellationToken))),
            .. Clock(),
        ];
    }

    private async Task<(Received<Repository>? Received, CheckResult? Failure)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.Repository.LookAsync(access.Name, cancellationToken), null);
        }
        catch (GitHubFailure failure)
        {
            var credential = failure.Kind == GitHubFailureKind.Unauthorized;
            return (null, new CheckResult(credential ? "credential" : "repository", CheckState.Failed, failure.Message, RemedyOf(failure)) { IsCredential = credential || failure.Kind == GitHubFailureKind.Forbidden });
        }
    }

    private CheckResult Identity(Repository repository)
    {
        var number = repository.Id.ToString(CultureInfo.InvariantCulture);
        if (repository.Archived || repository.Disabled)
            return new CheckResult("repository", CheckState.Failed, $"{repository.FullName} is archived or disabled: nobody can write to it", "Take it out of the archive, or name another repository.");
        if (!access.Name.Is(repository.FullName))
            return new CheckResult("repository", CheckState.Failed, $"{access.Name} is called {repository.FullName} now", "Write its new address into repository:.");
        return target.RepositoryId switch
        {
            null => new CheckResult("repository", CheckState.Warning, $"{repository.FullName} is number {number}, and the settings do not say so", $"Write repositoryId: {number} beside repository:, so that a repository which takes its name is never written to."),
            { } id when id == repository.Id => new CheckResult("repository", CheckState.Ok, $"{repository.FullName} is number {number}, as the settings say"),
            { } id => new CheckResult("repository", CheckState.Failed, $"{repository.FullName} is number {number}, and the settings say {id.ToString(CultureInfo.InvariantCulture)}: it is another repository", "Find out who replaced it; if that is right, change repositoryId."),
        };
    }

    // What gitops.yaml asks of GitHub, and GitHub or its people would refuse.
    private async Task<IEnumerable<CheckResult>> AskedAsync(EffectiveSettings? settings, Repository repository, CancellationToken cancellationToken)
    {
        if (settings is null) return [];
        var results = new List<CheckResult>();
        if (settings.GitOps.AutoMerge != AutoMerge.Never && repository.AllowAutoMerge == false)
            results.Add(new CheckResult("auto-merge", CheckState.Warning, "autoMerge is on, and the repository does not allow auto-merge", "Allow it in the repository's settings (General, Pull Requests), or write autoMerge: never."));
        foreach (var login in settings.GitOps.Reviewers.Concat(settings.GitOps.Assignees).Where(name => !name.Contains('/', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Take(20))
            results.Add(await TryAsync("people", async () => Person(login, await PermissionAsync(login, cancellationToken))));
        return results;
    }

    private async Task<string> PermissionAsync(string login, CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.Repository.PermissionAsync(access.Name, login, cancellationToken)).Permission;
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.NotFound)
        {
            return "none";
        }
    }

    private static CheckResult Person(string login, string permission) => permission == "none"
        ? new CheckResult("people", CheckState.Warning, $"{login} has no access to the repository, and can't be asked", "Give them access, or take them out of reviewers and assignees.")
        : new CheckResult("people", CheckState.Ok, $"{login} can be asked ({permission})");

    private static CheckResult Limit(MiscellaneousRateLimit limits)
    {
        var (left, all) = (limits.Resources.Core.Remaining, limits.Resources.Core.Limit);
        var resets = DateTimeOffset.FromUnixTimeSeconds(limits.Resources.Core.Reset).UtcDateTime;
        var words = string.Create(CultureInfo.InvariantCulture, $"{left} of {all} requests are left until {resets:HH:mm} UTC");
        return left * 10 < all
            ? new CheckResult("limit", CheckState.Warning, words, "Something else uses the same credential: give this program one of its own.")
            : new CheckResult("limit", CheckState.Ok, words);
    }

    private IEnumerable<CheckResult> Clock()
    {
        if (Client.Connection.Clock.Skew is not { } skew) return [];
        var words = string.Create(CultureInfo.InvariantCulture, $"GitHub's clock is {Math.Abs(skew.TotalSeconds):0} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} this machine's");
        return [skew.Duration() > Apart
            ? new CheckResult("clock", CheckState.Warning, words, "Let this machine's clock be set by NTP: limits, freezes and soak times go by it.")
            : new CheckResult("clock", CheckState.Ok, words)];
    }

    private static async Task<CheckResult> TryAsync(string check, Func<Task<CheckResult>> look)
    {
        try
        {
            return await look();
        }
        catch (GitHubFailure failure)
        {
            return new CheckResult(check, CheckState.Failed, failure.Message, RemedyOf(failure)) { IsCredential = failure.Kind is GitHubFailureKind.Unauthorized or GitHubFailureKind.Forbidden };
        }
    }

    private static string RemedyOf(GitHubFailure failure) => failure.Kind switch
    {
        GitHubFailureKind.Unauthorized => "Name forge.app or forge.tokenFile, or set ODOOSKY_GITHUB_TOKEN; renew a credential that has expired.",
        GitHubFailureKind.Forbidden => "Give the credential the right that the message names.",
        GitHubFailureKind.NotFound => "Look at repository: and forge.api, and whether the credential may see the repository (for an app: whether it is installed there).",
        GitHubFailureKind.Renamed => "Write its new address into repository:.",
        GitHubFailureKind.Unreachable or GitHubFailureKind.Untrusted or GitHubFailureKind.NotGitHub => "Look at forge.api, the proxy (HTTPS_PROXY, NO_PROXY) and forge.caFile.",
        GitHubFailureKind.Limited => "Wait until then; give this program a credential of its own.",
        _ => "Try again; look at GitHub's status when it stays so.",
    };
}
