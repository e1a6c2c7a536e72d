using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forecasts;

/// <summary>The list of addons changes in every way there is, and real Helm says what that rolls.</summary>
public sealed class AddonListTests
{
    private const string Sale = "{code: sale, source: odoo-builtin, image: \"\", version: \"\"}";
    private const string Stock = "{code: stock, source: odoo-builtin, image: \"\", version: \"\"}";
    private const string Web = "{code: web_x, source: oca, image: r.example/web_x, version: \"1.0\"}";
    private const string Queue = "{code: queue, source: oca, image: r.example/queue, version: \"2.0\"}";

    private static readonly ImmutableArray<(string Name, string Before, string After, Restart Restart)> Cases =
    [
        ("a row comes", $"[{Sale}, {Web}]", $"[{Sale}, {Web}, {Queue}]", Restart.Yes),
        ("a row goes", $"[{Sale}, {Web}, {Queue}]", $"[{Sale}, {Queue}]", Restart.Yes),
        ("a version changes", $"[{Web}]", $"[{Web.Replace("1.0", "1.1")}]", Restart.Yes),
        ("an image changes", $"[{Web}]", $"[{Web.Replace("r.example", "s.example")}]", Restart.Yes),
        ("a digest is pinned", $"[{Web}]", $"[{Web.Replace("1.0", "1.0@sha256:" + new string('a', 64))}]", Restart.Yes),
        ("a source changes", $"[{Web}]", $"[{Web.Replace("oca", "vendor")}]", Restart.AuditOnly),
        ("a row becomes builtin", $"[{Web}, {Queue}]", $"[{Web.Replace("oca", "odoo-builtin")}, {Queue}]", Restart.Yes),
        ("a code changes its container", $"[{Web}]", $"[{Web.Replace("code: web_x", "code: web_y")}]", Restart.Yes),
        ("a code keeps its container", $"[{Web}]", $"[{Web.Replace("code: web_x", "code: Web-X")}]", Restart.AuditOnly),
        ("containers change places", $"[{Web}, {Queue}]", $"[{Queue}, {Web}]", Restart.Yes),
        ("a builtin row changes its place", $"[{Sale}, {Web}]", $"[{Web}, {Sale}]", Restart.AuditOnly),
        ("a builtin row comes", $"[{Sale}, {Web}]", $"[{Sale}, {Stock}, {Web}]", Restart.AuditOnly),
        ("a builtin row goes", $"[{Sale}, {Stock}, {Web}]", $"[{Stock}, {Web}]", Restart.AuditOnly),
        ("a builtin row gets a version", $"[{Sale}, {Web}]", $"[{Sale.Replace("version: \"\"", "version: \"1\"")}, {Web}]", Restart.AuditOnly),
        ("a further key comes", $"[{Sale}, {Web}]", $"[{Sale}, {Web.Replace("}", ", note: hi}")}]", Restart.AuditOnly),
        ("a field is left out", $"[{Sale}, {Web}]", $"[{{code: sale, source: odoo-builtin}}, {Web}]", Restart.AuditOnly),
        ("keys change places", $"[{Web}]", "[{version: \"1.0\", image: r.example/web_x, source: oca, code: web_x}]", Restart.No),
        ("the first addon comes", $"[{Sale}]", $"[{Sale}, {Web}]", Restart.Yes),
        ("the last addon goes", $"[{Sale}, {Web}]", $"[{Sale}]", Restart.Yes),
        ("the only row goes", $"[{Web}]", "[]", Restart.Yes),
        ("the only builtin row goes", $"[{Sale}]", "[]", Restart.AuditOnly),
        ("a builtin list begins", "[]", $"[{Sale}, {Stock}]", Restart.AuditOnly),
        ("an empty list becomes null", "[]", "null", Restart.AuditOnly),
        ("nothing changes", $"[{Sale}, {Web}]", $"[{Sale}, {Web}] # a comment", Restart.No),
    ];

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_changed_list_rolls_the_pod_as_forecast(int number)
    {
        var (name, before, after, restart) = Cases[number];
        var (old, now) = (Overlay(before), Overlay(after));

        var forecast = ForecastRun.Of(old, now);

        Assert.Equal((name, restart), (name, forecast.Restart));
        Assert.Equal(restart == Restart.No ? [] : ["odoo"], forecast.Pods);
        foreach (var (was, is_) in await ForecastRun.RenderAsync(old, now))
        {
            ForecastRun.Holds(forecast, was, is_);
            Assert.Equal(forecast.Pods, was.RolledBy(is_));
            Assert.Equal(restart == Restart.AuditOnly, was.Odoo != is_.Odoo && was.OdooWithoutHash == is_.OdooWithoutHash);
        }
    }

    [Theory]
    [InlineData("ingress: {host: shop.example}", Restart.AuditOnly)]
    [InlineData("unheardOf: 1", Restart.Unknown)]
    [InlineData("image: {tag: \"18.0\"}", Restart.Yes)]
    [InlineData("resources: {pg: {limits: {memory: 9Gi}}}", Restart.Yes)]
    public async Task A_builtin_row_with_another_change_is_audit_only_when_that_rolls_nothing(string more, Restart restart)
    {
        var (old, now) = (Overlay($"[{Web}]"), Overlay($"[{Sale}, {Web}]") + more + "\n");

        var forecast = ForecastRun.Of(old, now);

        Assert.Equal(restart, forecast.Restart);
        foreach (var (was, is_) in await ForecastRun.RenderAsync(old, now)) ForecastRun.Holds(forecast, was, is_);
    }

    /// <summary>An overlay without the key at all is the chart's empty list.</summary>
    [Fact]
    public async Task A_missing_list_is_the_chart_s_list()
    {
        var (old, now) = ("instance: {code: acme}\n", Overlay("[]"));

        var forecast = ForecastRun.Of(old, now);

        Assert.Equal(Restart.No, forecast.Restart);
        foreach (var (was, is_) in await ForecastRun.RenderAsync(old, now)) Assert.Empty(was.RolledBy(is_));
    }

    private static string Overlay(string addons) => $"instance: {{code: acme}}\naddons: {addons}\n";
}
