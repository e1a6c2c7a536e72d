using System.Globalization;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Proof;

/// <summary>
/// A pull request's rollout for the people who merged it. Nothing in it moves while nothing happens: no counts of pods, no revision
/// of others, no "now"; so it is written only when something is new.
/// </summary>
internal static class RolloutStory
{
    private const int MostRows = 200;
    private const int LongestMark = 140;
    private const string NotYet = "–";

    /// <summary>The one comment.</summary>
    /// <param name="proofs">A proof for each instance of the pull request, in order of code.</param>
    /// <returns>Markdown.</returns>
    public static string Comment(IReadOnlyList<InstanceProof> proofs)
    {
        var text = new StringBuilder($"**{Sum(proofs)}**\n\n| instance | merged | synced | rolled | now |\n|---|---|---|---|---|\n");
        foreach (var proof in proofs.OrderByDescending(proof => ProofEnds.Of(proof.Verdict)).Take(MostRows)) text.Append(Row(proof));
        if (proofs.Count > MostRows) text.Append(CultureInfo.InvariantCulture, $"\n… and {proofs.Count - MostRows} more, better off than these. `odoosky verify` lists them.\n");
        var steps = proofs.Where(proof => NeedsSomebody(proof.Verdict)).Take(MostRows).Select(proof => $"- `{proof.Code}`: {NextStep.Of(proof.Verdict.Reason)}\n").ToList();
        if (steps.Count > 0) text.Append("\nWhat to do:\n\n").AppendJoin("", steps);
        return text.ToString().TrimEnd();
    }

    /// <summary>The mark on the merge commit.</summary>
    /// <param name="proofs">The same proofs.</param>
    /// <returns>The mark.</returns>
    public static CommitMark Mark(IReadOnlyList<InstanceProof> proofs)
    {
        var ends = proofs.Select(proof => ProofEnds.Of(proof.Verdict)).ToHashSet();
        var isFailed = proofs.Any(proof => proof.Verdict.Kind is VerdictKind.Failed or VerdictKind.Missing);
        var words = PlainText.Line(proofs is [var only] ? Now(only, detail => detail) : Sum(proofs));
        return new CommitMark(
            isFailed ? MarkState.Failure : ends.SetEquals([ProofEnd.Reached]) ? MarkState.Success : MarkState.Pending,
            words.Length <= LongestMark ? words : words[..(LongestMark - 1)] + "…");
    }

    private static string Sum(IReadOnlyList<InstanceProof> proofs)
    {
        var well = proofs.Count(proof => ProofEnds.Of(proof.Verdict) == ProofEnd.Reached);
        var missed = proofs.Count(proof => ProofEnds.Of(proof.Verdict) == ProofEnd.Missed);
        var rest = missed > 0 ? $", {missed} with a problem" : string.Empty;
        return well == proofs.Count ? $"Live: {PlanWords.Count(well, "instance")}" : $"Rolling out: {well} of {PlanWords.Count(proofs.Count, "instance")} live{rest}";
    }

    private static string Row(InstanceProof proof) =>
        $"| `{proof.Code}` | {Time(proof.Promise.Change.LandedAt)} | {Time(SyncedAt(proof))} | {Time(proof.Verdict.Kind == VerdictKind.Live ? proof.Verdict.At : null)} | {Now(proof, Markdown.Code)} |\n";

    /// <summary>How far one instance is, in a few plain words.</summary>
    public static string Now(InstanceProof proof) => PlainText.Line(Now(proof, detail => detail));

    private static string Now(InstanceProof proof, Func<string, string> write)
    {
        var verdict = proof.Verdict;
        if (verdict.Kind == VerdictKind.Live)
            return (verdict.LeadTime is { } lead ? $"Live, {Duration.Write(lead)} after the merge" : "Live") + (verdict.Proof == LiveProof.Revision ? " (no restart was needed)" : string.Empty);
        return $"{verdict.Kind}: {verdict.Reason}{(verdict.Detail is { } detail ? " " + write(detail) : string.Empty)}";
    }

    private static DateTimeOffset? SyncedAt(InstanceProof proof)
    {
        var isPast = proof.Verdict.Kind is VerdictKind.Live or VerdictKind.Rolling or VerdictKind.ScaledToZero || proof.Verdict.Reason == ReasonCodes.ProgressDeadlineExceeded;
        return isPast && proof.Application?.Status.OperationState is { Phase: "Succeeded", FinishedAt: { } at } && at >= proof.Promise.Change.LandedAt ? at : null;
    }

    private static bool NeedsSomebody(Verdict verdict) => ProofEnds.Of(verdict) != ProofEnd.Reached && NextStep.Of(verdict.Reason) != "wait";

    private static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? NotYet;
}
