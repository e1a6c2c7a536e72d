using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// Which verdicts are news to a person who watches. Kinds are watched one by one, and an Application's news may overtake its
/// Deployment's: for a moment nothing can be told. So <see cref="VerdictKind.Unknown"/> is told when it lasts.
/// </summary>
internal sealed class VerdictNews
{
    /// <summary>As many at once; ten thousand lines tell nobody anything.</summary>
    private const int Most = 50;

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(5);
    private readonly Dictionary<InstanceCode, (InstanceProof? Before, InstanceProof Now, TimeSpan Since)> passing = [];

    /// <summary>Takes a step.</summary>
    /// <param name="step">How far the wait is.</param>
    /// <returns>What is new, in no order: who is live from the start is not.</returns>
    public IReadOnlyList<InstanceProof> Of(VerifyStep step)
    {
        var news = new List<InstanceProof>();
        foreach (var (last, now) in step.Moved)
        {
            var isPassing = passing.Remove(now.Code, out var held);
            var before = isPassing ? held.Before : last;
            if (now.Verdict.Kind == VerdictKind.Unknown) passing[now.Code] = (before, now, isPassing ? held.Since : step.Elapsed);
            else if (before is null ? ProofEnds.Of(now.Verdict) != ProofEnd.Reached : !before.SaysTheSameAs(now)) news.Add(now);
        }

        foreach (var (code, held) in passing.Where(pair => step.Elapsed - pair.Value.Since >= Lasting).ToList())
        {
            passing.Remove(code);
            news.Add(held.Now);
        }

        return news.Count > Most ? news[..Most] : news;
    }
}
