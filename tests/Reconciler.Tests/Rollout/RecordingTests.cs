using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>The judge against what real servers answered, event by event, with a careful person's verdicts beside it.</summary>
public sealed class RecordingTests
{
    /// <summary>What lasts less long is passing: the watches of four kinds do not come in one order.</summary>
    private const long PassingMs = 1000;

    /// <summary>A careful person's words, and the judge's codes for them.</summary>
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["no application yet"] = ReasonCodes.ApplicationMissing,
        ["application is gone"] = ReasonCodes.ApplicationMissing,
        ["application is being deleted"] = ReasonCodes.ApplicationBeingDeleted,
        ["deployment"] = ReasonCodes.DeploymentMissing,
        ["not compared yet"] = ReasonCodes.NotCompared,
        ["status speaks of another spec"] = ReasonCodes.OtherSpec,
        ["out of sync"] = ReasonCodes.OutOfSync,
        ["sync is running"] = ReasonCodes.SyncRunning,
        ["sync is retried"] = ReasonCodes.SyncRetried,
        ["an older revision is being retried"] = ReasonCodes.OlderRevisionRetried,
        ["synced, not compared again yet"] = ReasonCodes.StatusOlderThanSync,
        ["live hash differs, status older than the sync"] = ReasonCodes.StatusOlderThanSync,
        ["manual sync"] = ReasonCodes.ManualSync,
        ["sync window"] = ReasonCodes.SyncWindow,
        ["deployment is paused"] = ReasonCodes.DeploymentPaused,
        ["scaling down"] = ReasonCodes.ScalingDown,
        ["live hash differs from the overlay"] = ReasonCodes.LiveHashDiffers,
        ["live hash differs from the overlay, overridden by helm.parameters"] = ReasonCodes.Overridden,
        ["ComparisonError"] = ReasonCodes.ComparisonError,
        ["ComparisonError (the Deployment still runs this list)"] = ReasonCodes.ComparisonErrorElsewhere,
        ["sync failed"] = ReasonCodes.SyncFailed,
        ["sync error"] = ReasonCodes.SyncFailed,
    };

    public static TheoryData<string> Scenarios => [.. Recording.Names];

    [Fact]
    public void All_scenarios_are_here() => Assert.Equal(24, Recording.Names.Count());

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_judge_agrees_with_a_careful_person(string scenario)
    {
        var recording = Recording.Read(scenario);
        var differences = recording.Changes.SelectMany(change => InOne(Differences(change, Replay.Of(recording, change)))).ToList();
        foreach (var passing in differences.Where(found => found.LastsMs < PassingMs)) TestContext.Current.TestOutputHelper?.WriteLine(passing.ToString());

        Assert.DoesNotContain(differences, found => found.LastsMs >= PassingMs);
    }

    /// <summary>The same through lists, watches and the client's own reading of what they serve.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_judge_agrees_with_a_careful_person_on_what_the_client_reads(string scenario)
    {
        var recording = Recording.Read(scenario);
        var served = await ServedRecording.ReadAsync(recording, TestContext.Current.CancellationToken);
        var differences = recording.Changes.SelectMany(change => InOne(Differences(change, Replay.Of(
            recording, change, events => (code, overlay, now) => served.Observe(events.Key, code, overlay, now)))));

        Assert.DoesNotContain(differences, found => found.LastsMs >= PassingMs);
    }

    // Several differences in a row last as long as all of them.
    private static IEnumerable<Difference> InOne(IEnumerable<Difference> differences)
    {
        Difference? held = null;
        foreach (var found in differences)
        {
            if (held is not null && held.Ms + held.LastsMs == found.Ms)
            {
                held = held with { LastsMs = held.LastsMs + found.LastsMs, Said = held.Said == found.Said ? held.Said : $"{held.Said}, {found.Said}" };
                continue;
            }

            if (held is not null) yield return held;
            held = found;
        }

        if (held is not null) yield return held;
    }

    private static IEnumerable<Difference> Differences(RecordedChange change, IEnumerable<ReplayMoment> moments) =>
        from moment in moments
        let wanted = Wanted(change, moment.Expected)
        let said = Said(RolloutJudge.Judge(moment.Case))
        where wanted != said
        select new Difference(change.Label, moment.Ms, moment.LastsMs, wanted, said);

    private static string Said(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Live or VerdictKind.Superseded => $"{verdict.Kind} {verdict.Revision}",
        VerdictKind.Rolling when verdict.Reason != ReasonCodes.ScalingDown => $"Rolling {verdict.Progress!.Ready}/{verdict.Progress.Wanted} {verdict.Detail}".Trim(),
        VerdictKind.ScaledToZero => "ScaledToZero",
        VerdictKind.Failed when verdict.Reason == ReasonCodes.ProgressDeadlineExceeded => "Failed progress-deadline-exceeded",
        _ => $"{verdict.Kind} {verdict.Reason}",
    };

    private static string Wanted(RecordedChange change, RecordedVerdict expected) => expected.Verdict switch
    {
        "Live" when expected.Reason == "(paused)" => $"Live {change.Sha}",
        "Superseded" => $"Superseded {expected.Reason["by ".Length..]}",
        "Live" => $"Live {expected.Reason}",
        "ScaledToZero" => "ScaledToZero",
        "Failed" when expected.Reason.StartsWith("progress deadline exceeded", StringComparison.Ordinal) => "Failed progress-deadline-exceeded",
        "Rolling" when expected.Reason.Contains('/', StringComparison.Ordinal) => $"Rolling {expected.Reason.Replace(":", "", StringComparison.Ordinal)}",
        _ => $"{expected.Verdict} {Codes[expected.Reason]}",
    };

    private sealed record Difference(string Change, long Ms, long LastsMs, string Wanted, string Said);
}
