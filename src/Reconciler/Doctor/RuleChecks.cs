using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.GitHub;

namespace OdooSky.GitOps.Reconciler.Doctor;

/// <summary>What the rule sets of a repository mean for the base branch, and for branches of ours.</summary>
internal static class RuleChecks
{
    // A rule on our branches → what it keeps us from. Rules of other kinds hold for merges, or for what we do not do.
    private static readonly ImmutableArray<(string Type, string Effect)> Against =
    [
        ("creation", "new branches are refused"),
        ("update", "branches can't be brought up to date"),
        ("deletion", "branches stay after a close"),
        ("non_fast_forward", "branches can't be made anew on a newer base"),
        ("required_signatures", "unsigned commits are refused"),
        ("required_linear_history", "a merge of base into a branch is refused"),
        ("pull_request", "a push to a branch is refused"),
        ("required_status_checks", "a push is refused until checks have run"),
    ];

    private static readonly ImmutableArray<(string Type, string Meaning)> OfBase =
    [
        ("pull_request", "changes come by pull request"), ("required_status_checks", "checks are required"), ("merge_queue", "a merge queue merges"),
        ("required_signatures", "commits must be signed"), ("required_linear_history", "no merge commits"),
    ];

    /// <summary>The rules of the base branch, in words.</summary>
    /// <param name="branch">Its name.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>The result.</returns>
    public static CheckResult Base(string branch, ImmutableArray<BranchRule> rules)
    {
        var words = OfBase.Where(each => rules.Any(rule => rule.Type == each.Type)).Select(each => each.Meaning).ToList();
        return words.Count == 0
            ? new CheckResult("base rules", CheckState.Warning, $"no rule set holds for {branch}", "If branch protection of the older kind does not either, anybody with write access can change tenants without a review: ask for pull requests with a review there.")
            : new CheckResult("base rules", CheckState.Ok, $"{branch}: {string.Join(", ", words)}");
    }

    /// <summary>The rules that hold for branches of ours.</summary>
    /// <param name="branch">The name of one.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>The result.</returns>
    public static CheckResult Ours(string branch, ImmutableArray<BranchRule> rules)
    {
        var against = Against.Where(each => rules.Any(rule => rule.Type == each.Type)).ToList();
        var pattern = branch[..(branch.LastIndexOf('/') + 1)] + "**";
        return against.Count == 0
            ? new CheckResult("branch rules", CheckState.Ok, $"no rule set is in the way of {pattern}")
            : new CheckResult("branch rules", CheckState.Failed, $"rules hold for {pattern}: {string.Join(", ", against.Select(each => $"{each.Type} ({each.Effect})"))}", $"Exclude {pattern} from the rule set, or let the credential bypass it.");
    }
}
