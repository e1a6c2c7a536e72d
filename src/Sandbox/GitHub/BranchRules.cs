namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>What a repository's owner demands before something reaches a branch.</summary>
internal sealed class BranchRules
{
    /// <summary>Pushes that are refused, in the order in which they are tried.</summary>
    public List<PushRefusal> Refusals { get; } = [];

    /// <summary>Contexts of statuses and names of check runs that must be green before a merge.</summary>
    public List<string> RequiredChecks { get; } = [];

    /// <summary>Types of rules that hold for branches below <c>odoosky/</c>, as rule sets name them: <c>creation</c>, <c>non_fast_forward</c>, …</summary>
    public List<string> OfOurBranches { get; } = [];

    /// <summary>Approving reviews that a merge needs.</summary>
    public int RequiredReviews { get; set; }

    /// <summary>A branch must contain base before it merges.</summary>
    public bool Strict { get; set; }

    /// <summary>Base is merged into by a queue alone.</summary>
    public bool MergeQueue { get; set; }

    /// <summary>The queue merges what is ready; off, everything waits in it.</summary>
    public bool QueueRuns { get; set; } = true;

    /// <summary>Numbers of pull requests that enough people approved.</summary>
    public HashSet<int> Approved { get; } = [];
}
