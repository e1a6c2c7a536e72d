using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

public sealed class GuardsTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(19, 9, 0, 0, "")]
    [InlineData(19, 10, 0, 0, "")]
    [InlineData(19, 11, 0, 0, "max-deletes")]
    [InlineData(20, 1, 0, 0, "")]
    [InlineData(20, 2, 0, 0, "deletes")]
    [InlineData(20, 0, 5, 0, "")]
    [InlineData(20, 0, 6, 0, "changes")]
    [InlineData(20, 0, 2, 2, "")]
    [InlineData(20, 0, 3, 3, "restarts")]
    [InlineData(100, 5, 0, 0, "")]
    [InlineData(100, 6, 0, 0, "deletes")]
    [InlineData(100, 0, 25, 10, "")]
    [InlineData(100, 0, 26, 10, "changes")]
    [InlineData(100, 0, 25, 11, "restarts")]
    [InlineData(1000, 10, 0, 0, "")]
    [InlineData(1000, 11, 0, 0, "max-deletes")]
    [InlineData(39, 1, 9, 3, "")]
    [InlineData(39, 2, 8, 4, "deletes,restarts")]
    public void Limits_hold_from_twenty_instances_on(int fleet, int deletes, int updates, int restarts, string failed)
    {
        var plan = Fleet(fleet, deletes, updates, restarts);
        var proposed = plan.Instances.Where(change => change.Action == ChangeAction.Update).ToList();

        var results = Guards.Check(plan, proposed, new GuardLimits());

        Assert.Equal(failed, string.Join(',', results.Where(result => !result.Passed).Select(result => result.Rule)));
        Assert.Equal(failed.Length > 0, Guards.Decide(results, Digest, []) is not null);
    }

    [Fact]
    public void Removals_are_counted_on_the_whole_plan_and_changes_on_what_is_proposed()
    {
        var plan = Fleet(100, 6, 60, 60);

        var results = Guards.Check(plan, [], new GuardLimits());

        Assert.Equal(["deletes"], results.Where(result => !result.Passed).Select(result => result.Rule));
    }

    [Theory]
    [InlineData(Digest, true)]
    [InlineData("0123456789ab", true)]
    [InlineData("0123456789a", false)]
    [InlineData("", false)]
    [InlineData("123456789abc", false)]
    [InlineData("0123456789AB", false)]
    public void Only_an_approval_of_this_plan_lets_it_pass(string approval, bool passes)
    {
        var results = Guards.Check(Fleet(100, 50, 0, 0), [], new GuardLimits());

        Assert.Equal(passes, Guards.Decide(results, Digest, [approval]) is null);
    }

    [Fact]
    public void The_reason_names_each_guard_with_its_count()
    {
        var results = Guards.Check(Fleet(100, 11, 0, 0), [], new GuardLimits());

        Assert.Equal("deletes: 11 planned, 5 allowed; max-deletes: 11 planned, 10 allowed", Guards.Decide(results, Digest, [])!.Reason);
    }

    private static OverlayPlan Fleet(int size, int deletes, int updates, int restarts) => OverlayPlanner.Combine(
        Enumerable.Range(0, size).Select(i => new OverlayChange
        {
            Code = InstanceCode.TryParse($"i{i}")!,
            Path = $"instances/i{i}/values.yaml",
            Before = new byte[] { 1 },
            Action = i < deletes ? ChangeAction.Retire : i < deletes + updates ? ChangeAction.Update : ChangeAction.Unchanged,
            Forecast = i >= deletes && i < deletes + restarts ? Forecast.Nothing with { Restart = (Restart)(1 + (i % 3)) } : Forecast.Nothing,
        }),
        []);
}
