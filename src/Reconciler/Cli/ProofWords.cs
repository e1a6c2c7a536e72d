using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Verdicts in words for a terminal. Texts from a cluster are cleaned: anybody may have written them.</summary>
internal static class ProofWords
{
    private const int VerdictWidth = 12;

    /// <summary>A verdict on one line: <c>acme  Rolling 0/1   pod-trouble: addon-web-x ImagePullBackOff</c>.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="width">The width of the column of codes.</param>
    /// <returns>The line.</returns>
    public static string Line(InstanceProof proof, int width)
    {
        var verdict = proof.Verdict;
        var progress = verdict.Progress is { } roll ? string.Create(CultureInfo.InvariantCulture, $" {roll.Ready}/{roll.Wanted}") : string.Empty;
        var detail = verdict.Detail is { } text ? $": {PlainText.Line(text)}" : string.Empty;
        return $"{proof.Code.Text.PadRight(width)}  {(verdict.Kind + progress).PadRight(VerdictWidth)}  {verdict.Reason}{detail}{Since(proof)}";
    }

    /// <summary>What to do, what else was seen, and what the verdict rests on.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="always">Whether what is live shows its evidence too.</param>
    /// <returns>Lines; none for what is simply live, unless it is asked for.</returns>
    public static IEnumerable<string> More(InstanceProof proof, bool always)
    {
        var isLive = proof.Verdict.Kind == VerdictKind.Live;
        if (!isLive) yield return $"next: {NextStep.Of(proof.Verdict.Reason)}";
        if (!isLive || always)
            foreach (var evidence in proof.Verdict.Evidence) yield return $"{evidence.Field} = {PlainText.Line(evidence.Value)}";

        foreach (var finding in proof.Verdict.Findings) yield return $"{finding.Code}: {PlainText.Line(finding.Text)}";
    }

    /// <summary>How many there are of each: <c>5 instances: 3 Live, 1 Rolling, 1 Failed.</c></summary>
    /// <param name="all">The proofs.</param>
    /// <returns>A sentence.</returns>
    public static string Sum(IReadOnlyCollection<InstanceProof> all)
    {
        var counts = all.GroupBy(proof => proof.Verdict.Kind).OrderBy(group => Array.IndexOf(Order, group.Key))
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        return all.Count == 0 ? "No instances." : $"{PlanWords.Count(all.Count, "instance")}: {string.Join(", ", counts)}.";
    }

    /// <summary>The colour in which a verdict is shown.</summary>
    public static string Colour(Verdict verdict) => ProofEnds.Of(verdict) switch
    {
        ProofEnd.Reached => "green",
        ProofEnd.UnderWay => "yellow",
        _ => "red",
    };

    private static readonly VerdictKind[] Order =
    [
        VerdictKind.Live, VerdictKind.ScaledToZero, VerdictKind.Retired, VerdictKind.Superseded, VerdictKind.Rolling, VerdictKind.Waiting,
        VerdictKind.Blocked, VerdictKind.Stalled, VerdictKind.Failed, VerdictKind.Missing, VerdictKind.Unknown,
    ];

    private static string Since(InstanceProof proof)
    {
        var (verdict, lead) = (proof.Verdict, proof.Verdict.LeadTime is { } time ? $", {Duration.Write(time)} after the merge" : string.Empty);
        var by = verdict.Proof == LiveProof.Revision ? ", proof: revision" : string.Empty;
        return verdict.At is { } at ? $" since {UtcTime.Write(at)}{lead}{by}" : string.Empty;
    }
}
