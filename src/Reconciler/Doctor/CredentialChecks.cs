using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.GitHub;

namespace OdooSky.GitOps.Reconciler.Doctor;

/// <summary>
/// What a credential for GitHub may do. How much GitHub tells depends on its kind:
/// <code>
/// classic token        its scopes, in a header: repo is needed
/// fine-grained token   nothing but whether it may push
/// app                  its permissions, with the installation's token
/// </code>
/// </summary>
/// <param name="credential">The credential.</param>
/// <param name="time">The clock.</param>
internal sealed class CredentialChecks(Credential credential, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    private static readonly ImmutableArray<(string Name, string Level)> Needed = [("contents", "write"), ("metadata", "read"), ("pull_requests", "write")];

    /// <summary>Judges a credential by an answer that it got.</summary>
    /// <param name="received">The repository, and how its answer came.</param>
    /// <returns>The results.</returns>
    public IEnumerable<CheckResult> Of(Received<Repository> received)
    {
        yield return new CheckResult("credential", CheckState.Ok, $"GitHub knows {credential.Description}");
        yield return Rights(received);
        if (received.Answer.TokenExpires is { } end && Parse(end) is { } at)
        {
            var left = at - time.GetUtcNow();
            yield return new CheckResult(
                "expiry", left < Soon ? CheckState.Warning : CheckState.Ok, $"the token ends at {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC", left < Soon ? "Make a new one and put it into the same file: it holds at once." : string.Empty);
        }
    }

    private CheckResult Rights(Received<Repository> received)
    {
        if (credential is AppCredential { Permissions: { } permissions }) return OfApp(permissions);
        if (received.Answer.Scopes is { } scopes && !HasScope(scopes, received.Value))
            return Lacking($"the token has the scopes {(scopes.Length == 0 ? "none" : scopes)}, and not repo", "Make a token with the scope repo, or better a fine-grained one or a GitHub App.");
        return received.Value.Permissions is { Push: false }
            ? Lacking("it may read the repository, and not write to it", "Give it write access: contents and pull requests, read and write.")
            : new CheckResult("rights", CheckState.Ok, received.Answer.Scopes is { } known ? $"it may write to the repository; scopes: {known}" : "it may write to the repository");
    }

    private static CheckResult OfApp(ImmutableSortedDictionary<string, string> permissions)
    {
        var missing = Needed.Where(need => !Has(permissions, need.Name, need.Level)).Select(need => $"{need.Name}: {need.Level}").ToList();
        if (missing.Count > 0) return Lacking($"the app's installation lacks {string.Join(", ", missing)}", "Change the app's permissions, and accept them in the installation.");
        return Has(permissions, "statuses", "write")
            ? new CheckResult("rights", CheckState.Ok, $"the installation may: {string.Join(", ", permissions.Select(each => $"{each.Key} {each.Value}"))}")
            : new CheckResult("rights", CheckState.Warning, "the app's installation lacks statuses: write", "Add it to the app's permissions: marks on merged commits need it.");
    }

    private static bool HasScope(string scopes, Repository repository)
    {
        var all = scopes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return all.Contains("repo", StringComparer.Ordinal) || (!repository.Private && all.Contains("public_repo", StringComparer.Ordinal));
    }

    private static bool Has(ImmutableSortedDictionary<string, string> permissions, string name, string level) =>
        permissions.TryGetValue(name, out var held) && (held == level || held is "write" or "admin");

    private static CheckResult Lacking(string finding, string remedy) => new("rights", CheckState.Failed, finding, remedy) { IsCredential = true };

    // As GitHub writes it: 2026-12-01 08:00:00 UTC.
    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
