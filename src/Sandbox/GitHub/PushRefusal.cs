namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A push that GitHub refuses: which refs, what it prints, and the reason in git's own line.</summary>
/// <param name="Pattern">A shell pattern of full ref names: <c>refs/heads/main</c>, <c>refs/heads/odoosky/*</c>.</param>
/// <param name="Words">What is printed; <c>{ref}</c> stands for the ref.</param>
/// <param name="Reason">What git shows in brackets after "remote rejected".</param>
/// <param name="Needle">An extended regular expression: only a push that adds it in a file is refused; null refuses any.</param>
/// <param name="Whole">The whole push is refused, not this ref alone.</param>
internal sealed record PushRefusal(string Pattern, string Words, string Reason, string? Needle = null, bool Whole = false)
{
    private const string Violations = "push declined due to repository rule violations";

    /// <summary>A protected branch, GH006.</summary>
    public static PushRefusal ProtectedBranch(string pattern) => new(
        pattern,
        "error: GH006: Protected branch update failed for {ref}.\nerror: At least 1 approving review is required by reviewers with write access.\n",
        "protected branch hook declined");

    /// <summary>A rule set, GH013.</summary>
    public static PushRefusal RuleSet(string pattern, string rule = "Changes must be made through a pull request.") => new(
        pattern,
        $"error: GH013: Repository rule violations found for {{ref}}.\nReview all repository rules at https://github.com/rules\n\n- {rule}\n\n",
        Violations);

    /// <summary>A hook of a GitHub Enterprise Server's owner.</summary>
    public static PushRefusal Hook(string pattern, string words) => new(pattern, words, "pre-receive hook declined", Whole: true);

    /// <summary>Push protection of secret scanning: a push that adds such a token.</summary>
    public static PushRefusal SecretScanning(string pattern, string needle = "ghp_[A-Za-z0-9]{36}") => new(
        pattern,
        "error: GH013: Repository rule violations found for {ref}.\n\n- GITHUB PUSH PROTECTION\n"
        + "  —————————————————————————————————————————\n    Resolve the following violations before pushing again\n\n"
        + "    - Push cannot contain secrets\n\n      —— GitHub Personal Access Token ——\n",
        Violations,
        needle);
}
