using System.Globalization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Where pull requests are.</summary>
/// <param name="Name">The repository.</param>
/// <param name="Base">The branch that they want to change.</param>
/// <param name="Id">The repository's number in the settings; null: not checked against them.</param>
internal sealed record PullRequestPlace(RepositoryName Name, string Base, long? Id);

/// <summary>
/// Sees to it that the name still means the repository that it meant: one that was renamed, moved or replaced under the same
/// name is never written to. GitHub answers an unchanged repository with 304, which costs no quota.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="place">Which repository.</param>
/// <param name="time">The clock.</param>
internal sealed class RepositoryCheck(GitHubClient client, PullRequestPlace place, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    private Repository? seen;
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <summary>The repository as it was seen last; null before the first look.</summary>
    public Repository? Seen => seen;

    /// <summary>Looks, unless that was done less than 30 s ago.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task.</returns>
    public Task BeforeWriteAsync(CancellationToken cancellation) =>
        time.GetUtcNow() - lookedAt < Holds ? Task.CompletedTask : NowAsync(cancellation);

    /// <summary>Looks.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task; it fails when the repository is another one, or can't be written to.</returns>
    public async Task NowAsync(CancellationToken cancellation)
    {
        var now = await client.Repository.GetAsync(place.Name, cancellation);
        var expected = place.Id ?? seen?.Id ?? now.Id;
        if (now.Id != expected)
            throw Refusal($"{place.Name} is another repository now: its number is {Text(now.Id)}, and not {Text(expected)}. Nothing was written. If that is right, change repositoryId in the settings.");
        if (!place.Name.Is(now.FullName))
            throw Refusal($"{place.Name} is called {now.FullName} now. Nothing was written. Change repository in the settings.");
        if (now.Archived || now.Disabled) throw Refusal($"{place.Name} is archived or disabled: nobody can write to it.");
        (seen, lookedAt) = (now, time.GetUtcNow());
    }

    private static GitHubFailure Refusal(string message) => new(GitHubFailureKind.Other, message);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
