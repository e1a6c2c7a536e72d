namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// A clone that lacks a part of its history or of its objects gives no whole answer to anybody who fetches from it: that is said,
/// with the command that makes it whole, and nothing is told from the rest.
/// </summary>
internal static class CutClone
{
    /// <summary>Looks whether git's words mean that the remote is such a clone.</summary>
    /// <param name="address">The remote.</param>
    /// <param name="words">What git said during a fetch.</param>
    /// <returns>The failure that says so, or null.</returns>
    public static GitFailure? Of(RemoteAddress address, string words)
    {
        if (words.Contains("shallow roots are not allowed", StringComparison.Ordinal))
            return Failure(address, "a shallow clone: its history is cut, and what is older can't be told", "git fetch --unshallow");
        return words.Contains("promisor remote", StringComparison.Ordinal) || words.Contains("lazy fetching disabled", StringComparison.Ordinal)
            ? Failure(address, "a partial clone: it lacks files of its own history", "git fetch --refetch --no-filter")
            : null;
    }

    private static GitFailure Failure(RemoteAddress address, string what, string command) => new(
        GitFailureKind.Refused, $"{address} is {what}. Make it whole in that clone: {command}; or name the server's address with --repository.");
}
