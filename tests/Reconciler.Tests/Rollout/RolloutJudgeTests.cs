using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>Single rules, each from an instance that is live but for one thing.</summary>
public sealed class RolloutJudgeTests
{
    private const string Ours = "1111111111111111111111111111111111111111";

    private static readonly TruthRow Live = new(RowSync.Synced, RowHealth.Healthy, RowOperation.Succeeded, RowRevision.Ours, Fresh: true, RowDeployment.Rolled);

    private static DateTimeOffset Now => TruthTable.Now;

    [Fact]
    public void A_live_change_says_since_when_and_how_long_it_took()
    {
        var verdict = RolloutJudge.Judge(TruthTable.Case(Live));

        Assert.Equal((VerdictKind.Live, LiveProof.Hash, Ours), (verdict.Kind, verdict.Proof, verdict.Revision));
        Assert.Equal((Now.AddMinutes(-4), TimeSpan.FromMinutes(6)), (verdict.At, verdict.LeadTime));
        Assert.Empty(verdict.Findings);
    }

    [Fact]
    public void A_change_that_leaves_the_hash_alone_is_proven_by_its_revision() =>
        Assert.Equal(LiveProof.Revision, RolloutJudge.Judge(Promised(promise => promise with { HashChanged = false })).Proof);

    [Fact]
    public void What_can_not_be_read_is_unknown_with_the_missing_right()
    {
        var verdict = RolloutJudge.Judge(Seen(seen => seen with { Unread = [new UnreadKind("Pod", "may not list pods in odoo-acme (403)")] }));

        Assert.Equal((VerdictKind.Unknown, ReasonCodes.NotReadable, "may not list pods in odoo-acme (403)"), (verdict.Kind, verdict.Reason, verdict.Detail));
    }

    [Fact]
    public void An_unreadable_project_is_no_reason_for_doubt() =>
        AssertSays(VerdictKind.Live, ReasonCodes.Proven, Seen(seen => seen with { Unread = [new UnreadKind("AppProject", "403")] }));

    [Fact]
    public void A_silent_cluster_is_unknown_after_five_minutes() =>
        AssertSays(VerdictKind.Unknown, ReasonCodes.StaleObservation, Seen(seen => seen with { ObservedAt = Now.AddSeconds(-301) }));

    [Theory]
    [InlineData(9, VerdictKind.Waiting, ReasonCodes.ApplicationPending)]
    [InlineData(11, VerdictKind.Missing, ReasonCodes.ApplicationMissing)]
    public void A_new_instance_may_lack_its_application_for_ten_minutes(int minutes, object kind, string reason)
    {
        var c = Seen(seen => seen with { Applications = [] });

        AssertSays((VerdictKind)kind, reason, c with { Promise = c.Promise with { LandedAt = Now.AddMinutes(-minutes) } });
    }

    [Fact]
    public void A_removal_is_retired_when_the_application_is_gone_and_waits_before()
    {
        var removed = Promised(promise => promise with { OverlayBlob = null });

        AssertSays(VerdictKind.Waiting, ReasonCodes.BeingRemoved, removed);
        AssertSays(VerdictKind.Retired, ReasonCodes.Removed, removed with { Seen = removed.Seen with { Applications = [] } });
    }

    [Fact]
    public void Two_applications_are_ambiguous() =>
        AssertSays(VerdictKind.Unknown, ReasonCodes.AmbiguousApplication, Seen(seen => seen with { Applications = [seen.Applications[0], seen.Applications[0] with { Name = "acme-new" }] }));

    [Fact]
    public void A_status_of_another_spec_proves_nothing_whatever_differs()
    {
        var c = TruthTable.Case(Live);
        var (spec, source) = (c.Application.Spec, c.Application.Spec.Sources[0]);
        ApplicationSpec[] others =
        [
            spec with { Destination = spec.Destination with { Namespace = "odoo-beta" } },
            spec with { Sources = [source with { TargetRevision = "release" }] },
            spec with { Sources = [source with { Helm = source.Helm! with { Values = "addons: []" } }] },
            spec with { Sources = [source, source with { Path = null, Ref = "more" }] },
        ];

        foreach (var other in others)
            AssertSays(VerdictKind.Waiting, ReasonCodes.OtherSpec, c with { Seen = c.Seen with { Applications = [c.Application with { Spec = other }] } });
    }

    [Theory]
    [InlineData(RowDeployment.Rolled, 10, VerdictKind.Unknown, ReasonCodes.ComparisonErrorElsewhere)]
    [InlineData(RowDeployment.OtherHash, 10, VerdictKind.Failed, ReasonCodes.ComparisonError)]
    [InlineData(RowDeployment.OtherHash, 1, VerdictKind.Waiting, ReasonCodes.NotCompared)]
    public void A_comparison_error_is_ours_when_ours_was_compared_and_does_not_run(object deployment, int landedMinutesAgo, object kind, string reason)
    {
        var c = TruthTable.Case(Live with { Deployment = (RowDeployment)deployment });
        var error = new ApplicationCondition("ComparisonError", "can't render", Now.AddMinutes(-4));
        var application = c.Application with { Status = c.Status with { Conditions = [error] } };

        AssertSays((VerdictKind)kind, reason, c with
        {
            Seen = c.Seen with { Applications = [application] },
            Promise = c.Promise with { LandedAt = Now.AddMinutes(-landedMinutesAgo) },
        });
    }

    [Fact]
    public void Out_of_sync_by_hand_is_live_with_a_finding()
    {
        var verdict = RolloutJudge.Judge(TruthTable.Case(Live with { Sync = RowSync.OutOfSync }));

        Assert.Equal(VerdictKind.Live, verdict.Kind);
        Assert.Equal(FindingCodes.LiveDrift, Assert.Single(verdict.Findings).Code);
    }

    [Fact]
    public void Another_resource_that_is_degraded_is_said_beside_live() =>
        Assert.Equal(FindingCodes.OtherResourceUnhealthy, Assert.Single(RolloutJudge.Judge(TruthTable.Case(Live with { Health = RowHealth.Degraded })).Findings).Code);

    [Theory]
    [InlineData("addons[0].version", ReasonCodes.Overridden)]
    [InlineData("addons", ReasonCodes.Overridden)]
    [InlineData("addonsFolder", ReasonCodes.LiveHashDiffers)]
    public void A_parameter_of_the_addons_explains_another_hash(string name, string reason)
    {
        var c = TruthTable.Case(Live with { Deployment = RowDeployment.OtherHash });

        AssertSays(VerdictKind.Unknown, reason, WithHelm(c, helm => helm with { Parameters = [new HelmParameter(name, "x", ForceString: false)] }));
    }

    [Fact]
    public void A_later_value_file_explains_another_hash_and_an_earlier_one_does_not()
    {
        var c = TruthTable.Case(Live with { Deployment = RowDeployment.OtherHash });

        AssertSays(VerdictKind.Unknown, ReasonCodes.Overridden, WithHelm(c, helm => helm with { ValueFiles = [.. helm.ValueFiles, "pin.yaml"] }));
        AssertSays(VerdictKind.Unknown, ReasonCodes.LiveHashDiffers, WithHelm(c, helm => helm with { ValueFiles = ["base.yaml", .. helm.ValueFiles] }));
    }

    [Fact]
    public void An_automated_sync_that_does_not_start_points_at_the_projects_window()
    {
        var c = TruthTable.Case(Live with { Sync = RowSync.OutOfSync, Operation = RowOperation.None, Deployment = RowDeployment.OtherHash });
        var project = new AppProjectState { Namespace = "argocd", Name = "default", SyncWindows = [new SyncWindow { Kind = "deny", Applications = ["ac*"] }] };

        AssertSays(VerdictKind.Waiting, ReasonCodes.OutOfSync, c);
        AssertSays(VerdictKind.Blocked, ReasonCodes.SyncWindowLikely, c with { Seen = c.Seen with { Project = project } });
        AssertSays(VerdictKind.Waiting, ReasonCodes.OutOfSync, c with { Seen = c.Seen with { Project = project }, Promise = c.Promise with { LandedAt = Now.AddMinutes(-2) } });
    }

    [Fact]
    public void What_waits_for_more_than_half_an_hour_stalls()
    {
        var c = TruthTable.Case(Live with { Revision = RowRevision.Older, Operation = RowOperation.None });

        AssertSays(VerdictKind.Waiting, ReasonCodes.NotCompared, c);
        AssertSays(VerdictKind.Stalled, ReasonCodes.NotCompared, c with { Promise = c.Promise with { LandedAt = Now.AddMinutes(-31) } });
    }

    [Theory]
    [InlineData("acme-odoo-1", VerdictKind.Failed, ReasonCodes.ProgressDeadlineExceeded)]
    [InlineData("acme-odoo-0", VerdictKind.Rolling, ReasonCodes.PodTrouble)]
    public void A_passed_deadline_counts_when_it_names_the_newest_replica_set(string named, object kind, string reason)
    {
        var c = TruthTable.Case(Live with { Deployment = RowDeployment.Rolling });
        var condition = new ObjectCondition("Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{named}\" has timed out progressing.", Now);
        var crashing = new ContainerState { Name = "addon-sale", Phase = ContainerPhase.Waiting, Reason = "CrashLoopBackOff" };
        var deployment = c.Seen.Deployments[0];
        var seen = c.Seen with
        {
            Deployments = [deployment with { Status = deployment.Status with { Conditions = [condition] } }],
            Pods = [c.Seen.Pods[0] with { InitContainers = [crashing] }],
        };

        var verdict = RolloutJudge.Judge(c with { Seen = seen });

        Assert.Equal(((VerdictKind)kind, reason, "addon-sale CrashLoopBackOff"), (verdict.Kind, verdict.Reason, verdict.Detail));
    }

    [Fact]
    public void A_second_replica_set_for_one_change_is_an_unexpected_restart_with_its_cause()
    {
        var c = Promised(promise => promise with { LastRestart = new RestartingChange(Ours, promise.Revisions) });
        var first = c.Seen.ReplicaSets[0] with { Name = "acme-odoo-0", Uid = "r0", Revision = "3", CreationTimestamp = Now.AddMinutes(-6) };
        var second = c.Seen.ReplicaSets[0] with { CreationTimestamp = Now.AddMinutes(-2), Template = c.Seen.ReplicaSets[0].Template with { RestartedAt = "2026-11-02T11:58:00Z" } };
        var application = c.Application with { Status = c.Status with { History = [new SyncHistory([Ours], Now.AddMinutes(-7), Now.AddMinutes(-5))] } };

        var alone = RolloutJudge.Judge(c with { Seen = c.Seen with { Applications = [application], ReplicaSets = [second] } });
        var twice = RolloutJudge.Judge(c with { Seen = c.Seen with { Applications = [application], ReplicaSets = [first, second] } });

        Assert.Empty(alone.Findings);
        Assert.Equal(FindingCodes.UnexpectedRestart, Assert.Single(twice.Findings).Code);
        Assert.Contains("kubectl rollout restart", twice.Findings[0].Text, StringComparison.Ordinal);
    }

    private static void AssertSays(VerdictKind kind, string reason, RolloutCase c)
    {
        var verdict = RolloutJudge.Judge(c);
        Assert.Equal((kind, reason), (verdict.Kind, verdict.Reason));
    }

    private static RolloutCase Seen(Func<RolloutObservation, RolloutObservation> change) =>
        TruthTable.Case(Live) is var c ? c with { Seen = change(c.Seen) } : c;

    private static RolloutCase Promised(Func<RolloutExpectation, RolloutExpectation> change) =>
        TruthTable.Case(Live) is var c ? c with { Promise = change(c.Promise) } : c;

    // Spec and comparedTo alike, so that the status speaks of the spec.
    private static RolloutCase WithHelm(RolloutCase c, Func<HelmSource, HelmSource> change)
    {
        var application = c.Application;
        ImmutableArray<ApplicationSource> sources = [application.Spec.Sources[0] with { Helm = change(application.Spec.Sources[0].Helm!) }];
        var sync = application.Status.Sync with { ComparedTo = application.Status.Sync.ComparedTo! with { Sources = sources } };
        application = application with { Spec = application.Spec with { Sources = sources }, Status = application.Status with { Sync = sync } };
        return c with { Seen = c.Seen with { Applications = [application] } };
    }
}
