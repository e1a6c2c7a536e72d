using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Suspensions;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>What somebody asks for with <c>/odoosky hold</c>.</summary>
/// <param name="Login">Who.</param>
/// <param name="Reason">Why, as it was written; empty: nothing was.</param>
/// <param name="Said">The command in words, for the log.</param>
internal sealed record HoldWish(string Login, string Reason, string Said);

/// <summary>Suspends the instances of a pull request, as <c>odoosky suspend</c> does, and says so in one comment that is edited in place.</summary>
/// <param name="time">The clock.</param>
internal sealed class HoldCommand(TimeProvider time)
{
    /// <summary>A hold ends by itself, since a comment is soon forgotten; <c>odoosky suspend</c> has holds without an end.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    private const int MostCodes = 20;

    /// <summary>Suspends.</summary>
    /// <param name="open">The target.</param>
    /// <param name="proposal">The pull request.</param>
    /// <param name="wish">Who, and why.</param>
    /// <param name="cancellationToken">Ends it; it can be done again.</param>
    /// <returns>What came of it, in words; and whether a pass shall follow, which sets the label.</returns>
    public async Task<(string Words, bool Reconcile)> DoAsync(OpenTarget open, Proposal proposal, HoldWish wish, CancellationToken cancellationToken)
    {
        if (proposal.Marker?.Changes is not { IsEmpty: false } changes)
            return ($"{wish.Said} was passed over: the pull request lists no instances; use odoosky suspend", false);
        ImmutableArray<string> codes = [.. changes.Keys];
        var word = new SuspensionWord(PlainText.Line(wish.Login), Reason(wish.Reason, proposal.Number), time.GetUtcNow() + Lasts) { LeavesLonger = true };
        var answer = await open.Suspensions.SuspendAsync(new SuspensionScopes(codes, [], All: false), word, cancellationToken);
        if (!answer.Problems.IsEmpty) return ($"{wish.Said} failed: {answer.Problems[0]}", false);
        await open.Proposals.CommentAsync(proposal, "hold", Answer(answer), cancellationToken);
        return answer.Changed.IsEmpty ? ($"{wish.Said} changed nothing: {answer.Stays[0]}", false) : (wish.Said, true);
    }

    private static string Reason(string written, int number)
    {
        var line = PlainText.Line(written).Trim();
        if (line.Length > Suspension.LongestReason) line = line[..Suspension.LongestReason].TrimEnd();
        return Suspension.IsLine(line, Suspension.LongestReason) ? line : $"held by a comment on #{number}";
    }

    private static string Answer(SuspensionAnswer answer)
    {
        var longer = string.Concat(answer.Stays.Take(MostCodes).Select(sentence => $"\n\n{Markdown.Code(sentence)}"));
        return answer.Changed.IsEmpty ? $"Nothing was changed: what is suspended lasts longer than a hold would.{longer}" : Held(answer.Changed) + longer;
    }

    private static string Held(ImmutableArray<Suspension> held)
    {
        var names = string.Join(", ", held.Take(MostCodes).Select(each => Markdown.Code(each.Name)));
        var rest = held.Length > MostCodes ? $" and {PlanWords.Count(held.Length - MostCodes, "more instance")}" : string.Empty;
        var resume = Markdown.Code($"odoosky resume {string.Join(' ', held.Take(MostCodes).Select(each => each.Name))}");
        return $"Suspended {Markdown.Code(held[0].Words)}: {names}{rest}. Nothing is proposed for {(held.Length == 1 ? "it" : "them")}, and this "
            + $"pull request stays as it is; people may still merge or close it.\n\nTo go on before that: {resume}.";
    }
}
