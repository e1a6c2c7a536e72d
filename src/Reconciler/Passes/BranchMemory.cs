using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>What a running process remembers of branches and history. Commits never change, so it is never wrong; it can be thrown away.</summary>
internal sealed class BranchMemory
{
    private readonly Dictionary<(ObjectId Head, ObjectId Base), BranchContent> contents = [];
    private (ObjectId Base, IReadOnlyDictionary<string, Landing> Landings)? history;

    /// <summary>What a branch carries, or null when it was not read yet.</summary>
    public BranchContent? Find(ObjectId head, ObjectId baseHead) => contents.GetValueOrDefault((head, baseHead));

    /// <summary>Keeps what a branch carries.</summary>
    /// <returns>The content.</returns>
    public BranchContent Keep(ObjectId head, ObjectId baseHead, BranchContent content) => contents[(head, baseHead)] = content;

    /// <summary>The landings in a base's history, or null when they were not read yet.</summary>
    public IReadOnlyDictionary<string, Landing>? Landings(ObjectId baseHead) => history is { } known && known.Base == baseHead ? known.Landings : null;

    /// <summary>Keeps the landings in a base's history.</summary>
    /// <returns>The landings.</returns>
    public IReadOnlyDictionary<string, Landing> Keep(ObjectId baseHead, IReadOnlyDictionary<string, Landing> landings)
    {
        history = (baseHead, landings);
        return landings;
    }

    /// <summary>Forgets what belongs to other base heads.</summary>
    /// <param name="baseHead">The base head that counts now.</param>
    public void Turn(ObjectId baseHead)
    {
        foreach (var old in contents.Keys.Where(key => key.Base != baseHead).ToList()) contents.Remove(old);
    }
}
