using System.Collections.Immutable;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>
/// What the last combination of an unchanged file came to, so that a pass completes only what changed. It can be thrown away at any
/// time; files are known by reference, as <see cref="InstanceFile"/>s are kept by blob id. For one caller at a time.
/// </summary>
public sealed class CompletionMemory
{
    private Dictionary<InstanceFile, CompletedInstance> known = new(ReferenceEqualityComparer.Instance);
    private CatalogFile? catalog;
    private DesiredRules? rules;

    /// <summary>Completes the files that have a wish, several at a time, and forgets all others.</summary>
    internal ImmutableArray<CompletedInstance> Complete(IEnumerable<InstanceFile> files, CatalogFile? newCatalog, DesiredRules newRules)
    {
        var holds = ReferenceEquals(catalog, newCatalog) && rules is not null && rules.SaysTheSameAs(newRules);
        var before = known;
        ImmutableArray<CompletedInstance> completed =
        [
            .. files.Where(file => file.Wish is not null).AsParallel().AsOrdered()
                .Select(file => before.GetValueOrDefault(file) is { } old
                    ? holds ? old : InstanceCompletion.Complete(file, newCatalog, newRules).AsBefore(old)
                    : InstanceCompletion.Complete(file, newCatalog, newRules)),
        ];
        var kept = new Dictionary<InstanceFile, CompletedInstance>(completed.Length, ReferenceEqualityComparer.Instance);
        foreach (var instance in completed) kept[instance.File] = instance;
        (known, catalog, rules) = (kept, newCatalog, newRules);
        return completed;
    }
}

/// <summary>A file's wish, completed.</summary>
/// <param name="File">The file.</param>
/// <param name="Instance">What is wished.</param>
/// <param name="Problems">What the catalogue and the rules have against it.</param>
internal sealed record CompletedInstance(InstanceFile File, DesiredInstance Instance, ImmutableArray<Problem> Problems)
{
    /// <summary>The same, known by the older content when another catalogue completes the wish to the same rows.</summary>
    /// <param name="old">The same file's, with another catalogue.</param>
    public CompletedInstance AsBefore(CompletedInstance old) =>
        Instance.Addons.SequenceEqual(old.Instance.Addons) && Instance.CatalogRequests.SequenceEqual(old.Instance.CatalogRequests)
            ? this with { Instance = Instance with { Content = old.Instance.Content } }
            : this;
}
