using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>All change sets.</summary>
internal sealed record ChangesView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusChanges";

    /// <summary>Change sets, in order of target and branch.</summary>
    public required Paged<ChangeLine> Changes { get; init; }

    /// <summary>Changes that wait for their time, in order of target and code.</summary>
    public required ImmutableArray<HeldLine> Waiting { get; init; }
}

/// <summary>One change set.</summary>
internal sealed record ChangeView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusChange";

    /// <summary>As in the list.</summary>
    public required ChangeLine Change { get; init; }

    /// <summary>The pull request's title.</summary>
    public string? Title { get; init; }

    /// <summary>What it changes, in order of code.</summary>
    public required ImmutableArray<ChangedInstance> Instances { get; init; }
}

/// <summary>A change set in a list.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Branch">Its branch.</param>
/// <param name="Decision">What the newest pass decided, as in a plan; null: the pull request ended before.</param>
/// <param name="State">Where it stands, in words for people.</param>
/// <param name="Because">Why; null: there is nothing to say.</param>
/// <param name="PullRequest">Its pull request.</param>
/// <param name="Instances">How many instances it changes.</param>
/// <param name="Restarts">How many of them restart.</param>
internal sealed record ChangeLine(
    string Target, string Name, string Branch, string? Decision, string State, string? Because, PullRequestLink? PullRequest, int Instances, int Restarts);

/// <summary>An instance of a change set.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Action">What happens to its overlay; null: the newest plan has nothing to do for it.</param>
/// <param name="Sentence">That in a sentence.</param>
/// <param name="Restarts">Whether pods restart.</param>
/// <param name="HashBefore">The hash on base.</param>
/// <param name="HashAfter">The hash after.</param>
/// <param name="Verdict">Whether what is merged now is live.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ticket">A ticket's name.</param>
internal sealed record ChangedInstance(
    string Code, string? Action, string? Sentence, string? Restarts, string? HashBefore, string? HashAfter, string Verdict,
    string? RequestedBy, string? Reason, string? Ticket);

/// <summary>What differs between wish, Git, Argo CD and what runs.</summary>
internal sealed record DriftView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusDrift";

    /// <summary>When each target was looked at last, by its name; null: not yet.</summary>
    public required ImmutableSortedDictionary<string, string?> LookedAt { get; init; }

    /// <summary>Findings, in order of target and class.</summary>
    public required Paged<DriftLine> Findings { get; init; }
}

/// <summary>A drift finding.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Class">Between which two, as <c>drift</c> says it.</param>
/// <param name="Kind">What, as a stable word.</param>
/// <param name="Subject">The instance's code, or the object's name; empty for the whole fleet.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="IsInstance">Whether the subject is an instance that has a page.</param>
internal sealed record DriftLine(string Target, string Class, string Kind, string Subject, string Text, string Remedy, [property: JsonIgnore] bool IsInstance);

/// <summary>What people said no to.</summary>
internal sealed record DeclinedView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusDeclined";

    /// <summary>Changes, in order of target and code.</summary>
    public required Paged<HeldLine> Changes { get; init; }
}

/// <summary>A change that is wished and not proposed.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Code">The instance; or a change set's name, of one too large to list.</param>
/// <param name="Kind"><c>declined</c>, <c>reverted</c>, <c>unknown</c>, <c>just-merged</c>, <c>ring</c>, or <c>held</c>.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Sentence">What the change is.</param>
/// <param name="PullRequest">The pull request that says so.</param>
/// <param name="Remedy">How to take it back, or what to wait for.</param>
internal sealed record HeldLine(string Target, string Code, string Kind, string Reason, string? Sentence, PullRequestLink? PullRequest, string Remedy);

/// <summary>All that is wrong.</summary>
internal sealed record ProblemsView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusProblems";

    /// <summary>Problems: failed jobs first, then errors, then warnings.</summary>
    public required Paged<ProblemLine> Problems { get; init; }
}

/// <summary>A problem.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Code">Its code, in docs/reference/problems.md; null of a guard that holds the plan.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do; null of a job that failed: the message says it.</param>
/// <param name="Place">File and line, table and key, or the job.</param>
/// <param name="Instance">The instance that it stops.</param>
internal sealed record ProblemLine(string Target, string Severity, string? Code, string Message, string? Remedy, string Place, string? Instance);

/// <summary>That there is no such page.</summary>
internal sealed record MissingView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusMissing";

    /// <summary>What is not there, in a sentence.</summary>
    public required string Message { get; init; }
}
