using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>What a history is remembered by: when any of it changes, it is read again.</summary>
/// <param name="Target">The target.</param>
/// <param name="Code">The instance.</param>
/// <param name="Commit">The base head.</param>
/// <param name="Verdict">The verdict and its reason; notes are written when it changes.</param>
internal sealed record TimelineKey(string Target, string Code, string Commit, string Verdict);

/// <summary>
/// Histories of instances, read from Git one at a time and remembered, at most 256. A page never waits for one: it shows that it is read,
/// and when it is there, readers are told to look again.
/// </summary>
/// <param name="read">Reads a history; null: there is no such target.</param>
/// <param name="arrived">Told when one arrived.</param>
/// <param name="time">The clock.</param>
/// <param name="ending">Ends all reading.</param>
internal sealed class Timelines(
    Func<string, InstanceCode, CancellationToken, Task<InstanceStory?>> read, Action arrived, TimeProvider time, CancellationToken ending)
{
    private const int Most = 256;
    private const int MostWaiting = 16;
    private static readonly TimelineView Reading = new("reading", null, [], 0);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock turn = new();
    private readonly Dictionary<TimelineKey, (TimelineView View, DateTimeOffset At)> known = [];
    private readonly Queue<TimelineKey> order = new();
    private readonly HashSet<TimelineKey> waiting = [];
    private Task newest = Task.CompletedTask;

    /// <summary>A history as far as it is known; one that is not is read from now on.</summary>
    /// <param name="key">Which.</param>
    /// <returns>The history, or that it is being read.</returns>
    public TimelineView Of(TimelineKey key)
    {
        lock (turn)
        {
            if (known.TryGetValue(key, out var found) && (found.View.Trouble is null || time.GetUtcNow() - found.At < Rest)) return found.View;
            if (InstanceCode.TryParse(key.Code) is not { } code || waiting.Contains(key) || waiting.Count >= MostWaiting) return Reading;
            waiting.Add(key);
            newest = ReadAsync(newest, key, code);
            return Reading;
        }
    }

    // One after another, and never in the page's own time.
    private async Task ReadAsync(Task before, TimelineKey key, InstanceCode code)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            Keep(key, await read(key.Target, code, ending) is { } story ? InstanceMaker.Timeline(story) : Failed("the target is no longer served"));
        }
        catch (Exception failure) when (!ending.IsCancellationRequested)
        {
            Keep(key, Failed(FailureMeaning.Of(failure, ending).Message));
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private static TimelineView Failed(string why) => new("failed", StatusWords.Cut(why), [], 0);

    private void Keep(TimelineKey key, TimelineView view)
    {
        lock (turn)
        {
            waiting.Remove(key);
            if (!known.ContainsKey(key)) order.Enqueue(key);
            known[key] = (view, time.GetUtcNow());
            while (order.Count > Most) known.Remove(order.Dequeue());
        }

        arrived();
    }
}
