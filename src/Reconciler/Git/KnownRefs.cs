using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// What the remote had when it was last asked, for a process that asks the same again and again: one fetch of just these refs says
/// whether all of it still holds. What is known is forgotten as soon as a ref of the clone moves, whoever moved it.
/// </summary>
internal sealed class KnownRefs(Remote remote, CacheFolder folder)
{
    private readonly Dictionary<string, RemoteRefs> _known = new(StringComparer.Ordinal);

    /// <summary>Keeps what the remote answered.</summary>
    public void Keep(ImmutableArray<RefPattern> wanted, RefName? beside, RemoteRefs refs) => _known[KeyOf(wanted, beside)] = refs;

    /// <summary>Forgets everything.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Asks whether what is known holds; null: it does not, or nothing is known, or the clone needs a closer look.</summary>
    /// <exception cref="GitFailure">The remote can't be reached.</exception>
    public async Task<RemoteRefs?> LookAsync(ImmutableArray<RefPattern> wanted, RefName? beside, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(KeyOf(wanted, beside), out var refs)) return null;
        try
        {
            var rules = wanted.Select(pattern => RuleOf(pattern, refs)).Concat(beside is null ? [] : [RuleOf(RefPattern.Exactly(beside), refs)]);
            if (!await folder.SweepingAsync(() => remote.FollowAsync(folder.Path, rules, cancellation))) return refs;
        }
        catch (GitFailure e) when (e.Kind is not (GitFailureKind.Transport or GitFailureKind.Timeout))
        {
            // A ref is gone, or the clone is damaged: whoever asks piece by piece finds out which.
        }

        Forget();
        return null;
    }

    private static FetchRule RuleOf(RefPattern pattern, RemoteRefs refs) =>
        pattern.IsFolder ? FetchRule.Under(pattern.Name)
        : refs.Find(pattern.Name) is null ? FetchRule.Maybe(pattern.Name)
        : FetchRule.Exactly(pattern.Name);

    private static string KeyOf(ImmutableArray<RefPattern> wanted, RefName? beside) =>
        string.Join(' ', wanted.Select(pattern => pattern.IsFolder ? pattern.Name + "/" : pattern.Name.Text)) + "\n" + beside;
}
