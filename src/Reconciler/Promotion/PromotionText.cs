using System.Text;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Promotion;

/// <summary>The commit's message and the proposal's text of a promotion. Text from rows is data in both.</summary>
internal static class PromotionText
{
    /// <summary>The commit's message: it says what was promoted from where, at which hash and verdict.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="plan">The promotion.</param>
    /// <returns>The message, ending in a line break.</returns>
    public static string Message(string target, PromotionPlan plan)
    {
        var text = new StringBuilder($"{PromotionWords.Title(target, plan)}\n\n");
        foreach (var row in plan.Rows.Where(row => row.Differs)) text.Append(PlainText.Quiet(row.Words)).Append('\n');
        if (plan.Effect is { Sentence.Length: > 0 } effect) text.Append($"\nThe next pass proposes for {plan.Request.To}: {PlainText.Quiet(effect.Sentence)}\n");
        text.Append('\n')
            .Append(Trailers.Line(Trailers.PromotedFrom, plan.Request.Origin))
            .Append(Trailers.Line(Trailers.PromotedTo, plan.Request.To.Text))
            .Append(Trailers.Line(Trailers.PromotedHash, plan.Source.HashAfter ?? "none"))
            .Append(Trailers.Line(Trailers.PromotedVerdict, plan.Verdict + (plan.Request.Force ? ", forced" : string.Empty)))
            .Append(Trailers.Line(Trailers.RequestedBy, plan.Request.Request.RequestedBy))
            .Append(Trailers.Line(Trailers.Reason, plan.Request.Request.Reason))
            .Append(Trailers.Line(Trailers.Ticket, plan.Request.Request.Ticket));
        return text.ToString();
    }

    /// <summary>The proposal's text.</summary>
    /// <param name="plan">The promotion.</param>
    /// <returns>Markdown.</returns>
    public static string Body(PromotionPlan plan)
    {
        var text = new StringBuilder($"Promotes addons from `{plan.Request.Origin}` to `{plan.Request.To}`: changes desired state, and no overlay.\n\n");
        text.Append($"| | |\n|---|---|\n| source | hash `{plan.Source.HashAfter ?? "none"}`, {Markdown.Code(plan.Verdict)}, by the commit {plan.Source.Commit} |\n");
        if (plan.Request.Force) text.Append($"| forced | {Markdown.Code(plan.Request.Request.Reason)} |\n");
        foreach (var row in plan.Rows) text.Append($"| {Markdown.Code(row.Words)} | {(row.Misfit is null ? string.Empty : Markdown.Code(row.Misfit))} |\n");
        if (!plan.Kept.IsEmpty) text.Append($"\nOnly `{plan.Request.To}` has, and keeps: {string.Join(", ", plan.Kept.Select(Markdown.Code))}.\n");
        if (plan.Effect is { Sentence.Length: > 0 } effect)
            text.Append($"\nWhen this is merged, the next pass proposes for `{plan.Request.To}`: {Markdown.Code(effect.Sentence)} Hash `{effect.HashBefore ?? "none"}` → `{effect.HashAfter ?? "none"}`.\n");
        return text.ToString();
    }
}
