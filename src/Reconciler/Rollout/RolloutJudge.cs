using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Rollout;

/// <summary>
/// Says whether a merged change is live. The rules stand in a line; the first that has something to say decides. The order is
/// the argument: what could not be seen, then what Argo CD speaks of, then what it did, then what runs.
/// <code>
/// rule                          says                              because
/// what could not be read        Unknown                           nothing may rest on half a picture
/// an old picture                Unknown                           a dead watch looks like peace
/// a removal                     Retired, Waiting                  no Application is what was wanted
/// none, several Applications    Missing, Waiting, Unknown         which one speaks for the instance?
/// an Application that goes      Missing                           its status stays green to the end
/// whose source is another's     Unknown                           its revisions are not of our repository
/// a status of another spec      Waiting                           all its greens are about something else
/// a comparison that failed      Failed, Unknown, Waiting          our fault, somebody's fault, or older than our fix
/// a revision that is no commit  Unknown                           a branch's name contains nothing
/// a revision without ours       Waiting                           not compared yet, or an older one is retried
/// a revision past ours          Superseded, Unknown               it has our commit and another overlay
/// a sync that runs              Waiting, Blocked                  what is shown may change under our eyes
/// a sync of ours that failed    Failed                            Argo CD does not try the same revision again
/// a status older than the sync  Waiting                           Synced was said of the time before
/// out of sync                   Blocked, Waiting                  by hand only; a window; soon. Deployed: what runs decides
/// an unknown sync status        Unknown                           Synced is the only word that proves
/// no Deployment, or several     Missing, Unknown                  one missing resource leaves the health green
/// another hash                  Unknown, Blocked                  somebody else decides what is rendered
/// a Deployment that rolls       Rolling, Failed, Blocked          its counts, its deadline, its pods
/// no pods wanted                Rolling, ScaledToZero             0 of 0 is true before the old pod is gone
/// what is left                  Live                              every other explanation is ruled out
/// </code>
/// </summary>
internal static class RolloutJudge
{
    private static readonly ImmutableArray<Func<RolloutCase, Verdict?>> Rules =
    [
        ReadingRules.WhatCouldNotBeRead,
        ReadingRules.AnOldPicture,
        ReadingRules.ARemoval,
        ReadingRules.NoneOrSeveralApplications,
        ReadingRules.AnApplicationThatGoes,
        ReadingRules.ASourceOfAnother,
        ComparisonRules.AStatusOfAnotherSpec,
        ComparisonRules.AComparisonThatFailed,
        ComparisonRules.ARevisionThatIsNoCommit,
        ComparisonRules.ARevisionWithoutOurs,
        ComparisonRules.ARevisionPastOurs,
        SyncRules.ASyncThatRuns,
        SyncRules.ASyncOfOursThatFailed,
        SyncRules.AStatusOlderThanTheSync,
        SyncRules.OutOfSync,
        SyncRules.AnUnknownSyncStatus,
        DeploymentRules.NoneOrSeveralDeployments,
        DeploymentRules.AnotherHash,
        RollRules.NoPodsWanted,
        RollRules.ADeploymentThatRolls,
    ];

    /// <summary>The verdict on one change, from what was seen, what was promised and the time. It reads nothing else.</summary>
    public static Verdict Judge(RolloutCase c)
    {
        var verdict = Rules.Select(rule => rule(c)).FirstOrDefault(said => said is not null) ?? LiveRules.WhatIsLeft(c);
        return Stalling.Check(c, verdict) with { Findings = FindingRules.Of(c, verdict) };
    }
}
