using System.Runtime.ExceptionServices;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>Has a clone that turns out to be damaged replaced, once per pass, and asks again.</summary>
/// <param name="wipe">Takes the clone away.</param>
/// <param name="bring">Makes it anew.</param>
internal sealed class Healing(Func<Task> wipe, Func<CancellationToken, Task> bring)
{
    /// <summary>Whether the clone may not be replaced (again): it was in this pass, or no pass has begun.</summary>
    public bool IsDone { get; private set; } = true;

    /// <summary>From now on the clone may be replaced once.</summary>
    public void BeginPass() => IsDone = false;

    /// <summary>Asks the clone, and asks once more when it was damaged.</summary>
    /// <exception cref="GitFailure">It failed for another reason, or is damaged again.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (GitFailure e) when (e.Kind == GitFailureKind.Corrupt)
            {
                await HealAsync(e, cancellation);
            }
        }
    }

    /// <summary>Replaces the clone.</summary>
    /// <exception cref="GitFailure">The <paramref name="damage"/>, when the clone may not be replaced.</exception>
    public async Task HealAsync(GitFailure damage, CancellationToken cancellation)
    {
        await wipe();
        if (IsDone) ExceptionDispatchInfo.Throw(damage);

        IsDone = true;
        await bring(cancellation);
    }
}
