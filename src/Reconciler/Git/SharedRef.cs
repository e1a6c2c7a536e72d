namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// A ref of the remote that several writers share: each change is a commit on what is there, pushed with a lease, and a lost race is
/// run again on what won.
/// </summary>
/// <param name="repository">The repository's cache.</param>
/// <param name="name">The ref.</param>
/// <param name="content">What stands there, for messages: <c>notes</c>.</param>
/// <param name="look">Asks the remote for its refs, this one among them, and brings what it reaches.</param>
internal sealed class SharedRef(Repository repository, RefName name, string content, Func<CancellationToken, Task<RemoteRefs>> look)
{
    private const int Tries = 5;

    /// <summary>Changes it.</summary>
    /// <param name="make">Makes commits on a head, or null when nothing is to be done; asked again after a lost race.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True when something was written.</returns>
    /// <exception cref="GitFailure">The remote refused, or the race was lost five times.</exception>
    public async Task<bool> ChangeAsync(Func<ObjectId?, Task<CommitChain?>> make, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            var head = await HeadAsync(cancellationToken);
            if (await make(head) is not { } chain) return false;
            var tip = (await repository.CommitAsync(chain, cancellationToken)).Tip;
            var pushed = (await repository.PushAsync([new RefUpdate(name, tip, head)], cancellationToken))[0];
            if (pushed.IsThere) return true;

            // A server tells a lost race in many words; whether the ref moved is what counts.
            if (i == Tries || await HeadAsync(cancellationToken) == head)
                throw new GitFailure(GitFailureKind.Refused, $"The {content} could not be pushed to {name}: {pushed.Reason ?? pushed.Outcome.ToString()}");
        }
    }

    private async Task<ObjectId?> HeadAsync(CancellationToken cancellationToken) => (await look(cancellationToken)).Find(name);
}
