using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Plan;

/// <summary>The planner's decision table, row by row, and what each action carries.</summary>
public sealed class InstancePlannerTests
{
    private const string Unreadable = "addons: [\n";
    private const string Hash = "21a6097cf1823228";

    [Theory]
    [InlineData("broken", null, ChangeAction.Stopped)]
    [InlineData("broken", Planned.Overlay, ChangeAction.Stopped)]
    [InlineData("broken", Unreadable, ChangeAction.Stopped)]
    [InlineData("none", Planned.Overlay, ChangeAction.Orphaned)]
    [InlineData("none", Unreadable, ChangeAction.Orphaned)]
    [InlineData("suspended", null, ChangeAction.Suspended)]
    [InlineData("suspended", Planned.Overlay, ChangeAction.Suspended)]
    [InlineData("suspended", Unreadable, ChangeAction.Suspended)]
    [InlineData("absent", Unreadable, ChangeAction.Stopped)]
    [InlineData("absent", Planned.Overlay, ChangeAction.Retire)]
    [InlineData("absent", null, ChangeAction.Unchanged)]
    [InlineData("present", Unreadable, ChangeAction.Stopped)]
    [InlineData("present", null, ChangeAction.Create)]
    [InlineData("present", Planned.Overlay, ChangeAction.Unchanged)]
    [InlineData("newer", Planned.Overlay, ChangeAction.Update)]
    public void Wish_and_overlay_decide(string wish, string? overlay, ChangeAction action)
    {
        var change = Planned.Plan(WishNamed(wish), overlay, broken: wish == "broken");

        Assert.Equal(action, change.Action);
        Assert.Equal(action is ChangeAction.Create or ChangeAction.Update or ChangeAction.Retire, change.IsProposed);
        Assert.Equal(change.IsProposed, change.Digest.Length == 64);
        Assert.NotEmpty(change.Sentence);
    }

    [Fact]
    public void An_update_carries_bytes_hashes_cost_and_reason()
    {
        var change = Planned.Plan(WishNamed("newer"));

        Assert.Equal(Planned.Overlay, Planned.Text(change.Before));
        Assert.Equal(Planned.Overlay.Replace("1.0", "1.1"), Planned.Text(change.After));
        Assert.Equal((Hash, "e4071180b0a70b11"), (change.HashBefore, change.HashAfter));
        Assert.Equal(Restart.Yes, change.Forecast.Restart);
        Assert.Equal(["odoo"], change.Forecast.Pods);
        Assert.Equal([new InitContainerChange("addon-web-x", "r.example/web_x:1.0", "r.example/web_x:1.1")], change.Forecast.InitContainers);
        Assert.Equal(("because", "aaaa+bbbb"), (change.Request.Reason, change.DesiredRevision));
        Assert.Empty(change.Problems);
    }

    [Fact]
    public void A_new_instance_has_no_hash_before_and_restarts_nothing()
    {
        var change = Planned.Plan(Planned.Wish(Planned.Sale, Planned.Web), null);

        Assert.Equal((null, "c5b3305e2c933b2c", Restart.No), (change.HashBefore, change.HashAfter, change.Forecast.Restart));
        Assert.Null(change.Before);
        Assert.Equal(3, change.Steps.Length); // two rows and instance.code
    }

    [Fact]
    public void A_retired_instance_has_no_text_and_no_hash_after()
    {
        var change = Planned.Plan(WishNamed("absent"));

        Assert.Null(change.After);
        Assert.Equal((Hash, null), (change.HashBefore, change.HashAfter));
    }

    [Fact]
    public void An_unchanged_overlay_is_given_no_new_text()
    {
        var change = Planned.Plan(WishNamed("present"));

        Assert.Null(change.After);
        Assert.Equal((Hash, Hash), (change.HashBefore, change.HashAfter));
        Assert.Empty(change.Steps);
    }

    [Fact]
    public void Another_order_in_the_wish_is_no_change() =>
        Assert.Equal(ChangeAction.Unchanged, Planned.Plan(Planned.Wish(Planned.Web, Planned.Sale)).Action);

    [Fact]
    public void Builtin_rows_alone_are_held_where_policy_says_so()
    {
        var wish = Planned.Wish(Planned.Sale, new AddonRow("stock", "odoo-builtin", string.Empty, string.Empty), Planned.Web);
        var hold = Planned.Rules with { BuiltinOnly = BuiltinOnlyPolicy.Hold };

        var proposed = Planned.Plan(wish);
        var held = Planned.Plan(wish, rules: hold);
        var real = Planned.Plan(WishNamed("newer"), rules: hold);

        Assert.Equal((Restart.AuditOnly, true), (proposed.Forecast.Restart, proposed.IsProposed));
        Assert.Equal("only builtin rows change; kept until the instance's next real change (builtinOnlyChanges: hold)", held.HeldBecause);
        Assert.Equal((ChangeAction.Update, false), (held.Action, held.IsProposed));
        Assert.True(real.IsProposed);
    }

    [Fact]
    public void A_chart_that_Helm_can_not_read_stops_the_instance()
    {
        var change = Planned.Plan(WishNamed("newer"), rules: Planned.Rules with { ChartValues = Encoding.UTF8.GetBytes("a: [\n") });

        Assert.Equal((ChangeAction.Stopped, null, null), (change.Action, change.HashBefore, change.HashAfter));
        var problem = Assert.Single(change.Problems);
        Assert.Equal(("OSG0501", Severity.Error, "the chart's values.yaml", (string?)null), (problem.Code, problem.Severity, problem.Place.Source, problem.Instance));
    }

    [Theory]
    [InlineData("newer", ChangeAction.Stopped)]
    [InlineData("present", ChangeAction.Stopped)]
    [InlineData("absent", ChangeAction.Stopped)]
    [InlineData("suspended", ChangeAction.Suspended)]
    [InlineData("none", ChangeAction.Orphaned)]
    public void A_reading_that_is_not_certain_never_becomes_a_hash(string wish, ChangeAction action)
    {
        var change = Planned.Plan(WishNamed(wish), rules: Uncertain);

        Assert.Equal((action, false, null, null), (change.Action, change.IsProposed, change.HashBefore, change.HashAfter));
        Assert.Equal("OSG0502", Assert.Single(change.Problems).Code);
    }

    [Fact]
    public void A_new_instance_whose_hash_is_not_certain_is_stopped()
    {
        var change = Planned.Plan(WishNamed("present"), null, Uncertain);

        Assert.Equal((ChangeAction.Stopped, null, false), (change.Action, change.HashAfter, change.After.HasValue));
    }

    [Fact]
    public void An_edit_that_can_not_be_made_stops_the_instance_and_says_why()
    {
        var wish = WishNamed("present")! with { Values = Planned.Values("image: {tag: \"18.0\"}") };

        var change = Planned.Plan(wish, Planned.Overlay + "image: &shared {tag: \"17.0\"}\nother: *shared\n");

        Assert.Equal((ChangeAction.Stopped, false), (change.Action, change.After.HasValue));
        Assert.StartsWith("OSG02", Assert.Single(change.Problems).Code);
    }

    // This Helm keeps all digits of the chart's numbers, which the program does not.
    private static PlanRules Uncertain => Planned.Rules with
    {
        ChartValues = Encoding.UTF8.GetBytes("big: 12345678901234567890\naddons: []\n"), Helm = HelmVersion.TryParse("3.18.0"),
    };

    private static DesiredInstance? WishNamed(string name)
    {
        var wish = Planned.Wish(Planned.Sale, Planned.Web);
        return name switch
        {
            "none" or "broken" => null,
            "suspended" => wish with { State = InstanceState.Suspended },
            "absent" => wish with { State = InstanceState.Absent, Addons = [] },
            "newer" => Planned.Wish(Planned.Sale, Planned.Web with { Version = "1.1" }),
            _ => wish,
        };
    }
}
