using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>What is told to a person who waits.</summary>
public sealed class VerdictNewsTests
{
    private static readonly InstanceProof Live = Proof("acme", VerdictKind.Live, ReasonCodes.Proven);
    private static readonly InstanceProof Rolling = Proof("acme", VerdictKind.Rolling, ReasonCodes.RollingOut);
    private static readonly InstanceProof Unknown = Proof("acme", VerdictKind.Unknown, ReasonCodes.LiveHashDiffers);

    private readonly VerdictNews news = new();

    [Fact]
    public void Who_is_live_from_the_start_is_no_news_and_who_is_not_is()
    {
        Assert.Empty(Told(0, (null, Live)));
        Assert.Equal([Rolling], Told(1, (Live, Rolling)));
        Assert.Equal([Live], Told(2, (Rolling, Live)));
    }

    [Fact]
    public void What_can_not_be_told_for_a_moment_is_not_told()
    {
        Assert.Equal([Rolling], Told(0, (null, Rolling)));
        Assert.Empty(Told(1, (Rolling, Unknown)));
        Assert.Empty(Told(2, (Unknown, Rolling)));
        Assert.Empty(Told(3, (Rolling, Unknown)));
        Assert.Equal([Live], Told(4, (Unknown, Live)));
        Assert.Empty(Told(60));
    }

    [Fact]
    public void What_can_not_be_told_for_five_seconds_is_told_once_and_so_is_what_follows()
    {
        Assert.Empty(Told(0, (null, Unknown)));
        Assert.Empty(Told(4));
        Assert.Equal([Unknown], Told(5));
        Assert.Empty(Told(10));
        Assert.Equal([Live], Told(11, (Unknown, Live)));
    }

    [Fact]
    public void Of_a_thousand_at_once_fifty_are_told()
    {
        var step = Enumerable.Range(0, 1000).Select(i => ((InstanceProof?)null, Proof($"i{i}", VerdictKind.Waiting, ReasonCodes.OutOfSync))).ToArray();

        Assert.Equal(50, Told(0, step).Count);
    }

    private static InstanceProof Proof(string code, VerdictKind kind, string reason)
    {
        var change = new MergedChange(InstanceCode.TryParse(code)!, $"instances/{code}/values.yaml", ObjectId.TryParse(new string('a', 40))!, default);
        var promise = new Promise(change, ExpectedHash.Uncertain("it is not asked for"), HashChanged: true, LastRestart: null);
        return new InstanceProof(promise, Verdict.Of(kind, reason), new RolloutObservation { ObservedAt = default });
    }

    private IReadOnlyList<InstanceProof> Told(int seconds, params (InstanceProof? Before, InstanceProof Now)[] moved) =>
        news.Of(new VerifyStep([], [.. moved], TimeSpan.FromSeconds(seconds)));
}
