using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>
/// What the service knows of all its targets: jobs write, pages and metrics read. A reader gets a whole picture that no longer changes,
/// and holds nobody up.
/// </summary>
internal sealed class Board
{
    private readonly Lock turn = new();
    private Picture picture = new(0, ImmutableSortedDictionary.Create<string, TargetBoard>(StringComparer.Ordinal));
    private ReplicaState? replicas;
    private TaskCompletionSource changed = NewSignal();

    /// <summary>How this replica stands to the others; null where there is one replica.</summary>
    public ReplicaState? Replicas
    {
        get => Volatile.Read(ref replicas);
        set => Volatile.Write(ref replicas, value);
    }

    /// <summary>The picture now.</summary>
    public Picture Now => Volatile.Read(ref picture);

    /// <summary>Changes what is known of a target; one that is not known yet is added.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="change">Makes the new board of the old.</param>
    public void Change(string target, Func<TargetBoard, TargetBoard> change) =>
        Replace(targets => targets.SetItem(target, change(targets.GetValueOrDefault(target) ?? new TargetBoard { Target = target })));

    /// <summary>Forgets a target that the settings no longer name.</summary>
    /// <param name="target">Its name.</param>
    public void Forget(string target) => Replace(targets => targets.Remove(target));

    /// <summary>Says that something changed that is known elsewhere, such as an instance's history, so that readers look again.</summary>
    public void Touch() => Replace(targets => targets);

    /// <summary>Waits until the picture is newer than one that was seen; several changes may come as one.</summary>
    /// <param name="seen">The version that was seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newer picture.</returns>
    public async Task<Picture> NewerAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task news;
            lock (turn)
            {
                if (picture.Version > seen) return picture;
                news = changed.Task;
            }

            await news.WaitAsync(cancellationToken);
        }
    }

    private void Replace(Func<ImmutableSortedDictionary<string, TargetBoard>, ImmutableSortedDictionary<string, TargetBoard>> change)
    {
        TaskCompletionSource before;
        lock (turn)
        {
            Volatile.Write(ref picture, new Picture(picture.Version + 1, change(picture.Targets)));
            (before, changed) = (changed, NewSignal());
        }

        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was known at one moment.</summary>
    /// <param name="Version">Grows with each change.</param>
    /// <param name="Targets">The targets by name, in ordinal order.</param>
    internal sealed record Picture(long Version, ImmutableSortedDictionary<string, TargetBoard> Targets);
}
