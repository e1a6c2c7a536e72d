using System.Text;
using OdooSky.GitOps.Overlay.Plan;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forecasts;

/// <summary>Overlays that nobody wrote: several things change at once, and the forecast still holds.</summary>
public sealed class RandomOverlayTests
{
    private static readonly (string Key, string[] Values)[] Settings =
    [
        ("addonsMountPath", ["/mnt/a", "/mnt/b"]),
        ("image", ["{tag: \"18.0\"}", "{repository: library/odoo}"]),
        ("imageMirror", ["{registry: m.example}", "{pullSecret: s}", "{registry: m.example, pullSecret: s}"]),
        ("resources", ["{odoo: {limits: {memory: 4Gi}}}", "{pg: {limits: {memory: 4Gi}}}", "{odoo: null, pg: {requests: null}}"]),
        ("persistence", ["{odoo: {size: 20Gi}}", "{pg: {storageClass: fast}}"]),
        ("postgresql", ["{image: {tag: \"17\"}}", "{existingSecret: mine}"]),
        ("ingress", ["{enabled: false}", "{annotations: {a: b}}", "{host: shop.example, retry: {enabled: true}}"]),
        ("further", ["1", "[a]"]),
    ];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_forecast_of_several_changes_at_once_holds(int seed)
    {
        var dice = new SeededDice(seed);
        var before = Overlay(dice);
        var after = dice.Next(3) == 0 ? before + "further2: 1\n" : Overlay(dice);

        var forecast = ForecastRun.Of(before, after);

        foreach (var (was, now) in await ForecastRun.RenderAsync(before, after))
        {
            ForecastRun.Holds(forecast, was, now);
            if (was.RolledBy(now).IsEmpty) Assert.NotEqual(Restart.AuditOnly, forecast.Restart);
        }
    }

    private static string Overlay(SeededDice dice)
    {
        var text = new StringBuilder("instance: {code: acme}\n");
        foreach (var (key, values) in Settings)
            if (dice.Next(4) == 0)
                text.Append(key).Append(": ").Append(values[dice.Next(values.Length)]).Append('\n');
        text.Append("addons:\n- {code: base_x, source: oca, image: r.example/base_x, version: \"1\"}\n");
        for (var i = 0; i < 4; i++)
            if (dice.Next(2) == 0)
                text.Append($"- {{code: a{i}, source: {(dice.Next(2) == 0 ? "odoo-builtin" : "oca")}, image: r.example/a{i}, version: \"{dice.Next(2)}\"}}\n");
        return text.ToString();
    }

    /// <summary>The same numbers on every machine.</summary>
    private sealed class SeededDice(int seed)
    {
        private uint state = (uint)seed * 2654435761u;

        public int Next(int below)
        {
            state = (state * 1664525u) + 1013904223u;
            return (int)((state >> 16) % (uint)below);
        }
    }
}
