using System.Text.Json;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Life;

/// <summary>What becomes of a branch and its pull request.</summary>
/// <param name="Facts">What was seen.</param>
internal abstract record Decision(BranchFacts Facts)
{
    /// <summary>The branch.</summary>
    public string Branch => Facts.Branch;

    /// <summary>The branch's head, as it was seen; null: there is no such branch.</summary>
    public ObjectId? Head => Facts.Content?.Head;

    /// <summary>Nothing is there, and nothing is wanted.</summary>
    internal sealed record Nothing(BranchFacts Facts) : Decision(Facts);

    /// <summary>A new pull request.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Set">What it carries.</param>
    /// <param name="Push">Whether the branch must be made; false: it is there from a pass that did not come to the end.</param>
    internal sealed record Open(BranchFacts Facts, ChangeSet Set, bool Push) : Decision(Facts);

    /// <summary>The branch is made anew on base; its open pull request says so.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Set">What it carries.</param>
    /// <param name="Because">Why.</param>
    internal sealed record Rebuild(BranchFacts Facts, ChangeSet Set, string Because) : Decision(Facts);

    /// <summary>The branch carries what is wanted; its text is written only when it differs.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Set">What it carries.</param>
    internal sealed record LeaveAlone(BranchFacts Facts, ChangeSet Set) : Decision(Facts);

    /// <summary>The pull request says that it is ours no longer, or never did: it is made ours by its text.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Set">What it carries.</param>
    internal sealed record Adopt(BranchFacts Facts, ChangeSet Set) : Decision(Facts);

    /// <summary>The pull request is closed with one line, and the branch is deleted.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Because">The line.</param>
    internal sealed record Close(BranchFacts Facts, string Because) : Decision(Facts);

    /// <summary>A person pushed to the branch: it is theirs until they give it back.</summary>
    internal sealed record HandsOff(BranchFacts Facts) : Decision(Facts);

    /// <summary>It stays as it is.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Because">Why.</param>
    internal sealed record Rest(BranchFacts Facts, string Because) : Decision(Facts);

    /// <summary>It waits for its turn.</summary>
    /// <param name="Facts">What was seen.</param>
    /// <param name="Because">For what.</param>
    internal sealed record Limited(BranchFacts Facts, string Because) : Decision(Facts);

    /// <summary>The decision in one word, such as <c>hands-off</c>.</summary>
    public string Word => JsonNamingPolicy.KebabCaseLower.ConvertName(GetType().Name);

    /// <summary>Why it was decided so; empty when there is nothing to say.</summary>
    public string Why => this switch
    {
        Close close => close.Because,
        Rebuild rebuild => rebuild.Because,
        Rest rest => rest.Because,
        Limited limited => limited.Because,
        HandsOff => "somebody pushed to this branch",
        Adopt => "it has no marker of ours",
        _ => string.Empty,
    };

    /// <summary>What is proposed on the branch after this pass; null: nothing new.</summary>
    public ChangeSet? Proposed => this switch
    {
        Open open => open.Set,
        Rebuild rebuild => rebuild.Set,
        LeaveAlone left => left.Set,
        Adopt adopted => adopted.Set,
        HandsOff => Facts.Wanted,
        _ => null,
    };
}
