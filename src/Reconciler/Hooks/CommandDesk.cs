using System.Collections.Frozen;
using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>
/// Does what a comment on a pull request asks for. The comment, who wrote it, when, and what they may do is asked of GitHub: the webhook
/// said only where to look.
/// </summary>
/// <param name="duty">The service.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandDesk(Duty duty, TimeProvider time)
{
    /// <summary>An older comment is no command: a webhook that is sent again after a restart does nothing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int MostLines = 100;
    private readonly HoldCommand hold = new(time);
    private static readonly FrozenSet<string> Writers = FrozenSet.Create(StringComparer.Ordinal, "admin", "maintain", "write");

    /// <summary>Does it, once the target is free.</summary>
    /// <param name="work">The target.</param>
    /// <param name="hint">Where the comment is.</param>
    /// <param name="cancellationToken">Ends it; it can be done again.</param>
    /// <returns>What came of it, in words; and whether a pass shall follow.</returns>
    public async Task<(string Words, bool Reconcile)> DoAsync(TargetWork work, CommentHint hint, CancellationToken cancellationToken) => await work.AsideAsync(
        async open =>
        {
            var all = await open.Proposals.ObserveAsync(work.Name, cancellationToken);
            var proposal = all.FirstOrDefault(one => one is { State: ProposalState.Open, IsForeign: false } && one.Number == hint.Number);
            if (open.GitHub is not { } github || proposal is null) return ($"a comment on #{hint.Number} was passed over: it is no open pull request of this target", false);
            var comments = await github.Client.Issue.CommentsAsync(github.Name, hint.Number, cancellationToken);
            var comment = comments.FirstOrDefault(one => one.Id == hint.Comment);
            if (CommandWord.TryParse(comment?.Body) is not { } asked || comment?.User is not { } user)
                return ($"a comment on #{hint.Number} was passed over: it holds no command", false);
            var said = $"{CommandWord.Mark} {EnumWords.Word(asked.Command)} of {PlainText.Line(user.Login)} on #{hint.Number}";
            if (time.GetUtcNow() - comment.CreatedAt > Longest) return ($"{said} was passed over: it is older than an hour", false);
            if (!await MayWriteAsync(github, user.Login, cancellationToken)) return ($"{said} was refused: they have no write permission", false);
            if (asked.Command == Command.Hold) return await hold.DoAsync(open, proposal, new HoldWish(user.Login, asked.Reason, said), cancellationToken);
            await ActAsync(open, proposal, asked.Command, cancellationToken);
            return (said, asked.Command != Command.Explain);
        },
        cancellationToken);

    private static async Task<bool> MayWriteAsync(GitHubAccess github, string login, CancellationToken cancellationToken)
    {
        try
        {
            var may = await github.Client.Repository.PermissionAsync(github.Name, login, cancellationToken);
            return Writers.Contains(may.Permission);
        }
        catch (GitHubFailure failure) when (failure.Kind == GitHubFailureKind.NotFound)
        {
            return false;
        }
    }

    private Task ActAsync(OpenTarget open, Proposal proposal, Command command, CancellationToken cancellationToken) => command switch
    {
        Command.Rebuild when !proposal.Labels.Contains(ProposalLabels.Rebuild) =>
            open.Proposals.LabelAsync(proposal, new LabelChange([ProposalLabels.Rebuild], []), cancellationToken),
        Command.Explain => open.Proposals.CommentAsync(proposal, "explain", Explain(proposal), cancellationToken),
        _ => Task.CompletedTask,
    };

    private string Explain(Proposal proposal)
    {
        var decision = duty.Board.Now.Targets.Values
            .SelectMany(target => (target.Pass?.Planned ?? target.FirstPlan)?.Decided.Decisions ?? [])
            .FirstOrDefault(one => one.Branch == proposal.Branch);
        if (decision?.Proposed is not { } set) return Otherwise(decision);
        var lines = set.Changes.Take(MostLines).Select(change => $"- {Markdown.Code(change.Code.Text)}: {Markdown.Code(change.Sentence)}").ToImmutableArray();
        var rest = set.Changes.Length > MostLines ? $"\n- and {PlanWords.Count(set.Changes.Length - MostLines, "more instance")}" : string.Empty;
        return $"What the newest plan says about this pull request:\n\n{string.Join('\n', lines)}{rest}";
    }

    private static string Otherwise(Decision? decision) => decision is null
        ? "The newest plan says nothing about this pull request."
        : $"The newest plan proposes nothing new here ({decision.Word}){(decision.Why.Length == 0 ? string.Empty : ": " + Markdown.Code(decision.Why))}.";
}
