using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Tests.Proposals;

/// <summary>Made-up changes of a plan.</summary>
internal static class Changes
{
    public static OverlayChange Update(string code, string version = "1.1", params (string Key, string Value)[] labels)
    {
        AddonRow row = new("web_x", "oca", "r.example/web_x", "1.0"), newer = row with { Version = version };
        return new OverlayChange
        {
            Code = InstanceCode.TryParse(code)!,
            Path = $"instances/{code}/values.yaml",
            Action = ChangeAction.Update,
            Before = Encoding.UTF8.GetBytes("version: \"1.0\"\n"),
            After = Encoding.UTF8.GetBytes($"version: \"{version}\"\n"),
            HashBefore = "0011223344556677",
            HashAfter = "8899aabbccddeeff",
            Steps = [new RowChanged(row, newer)],
            Sentence = $"web_x 1.0 → {version}; the odoo pod restarts (1 init container changes).",
            Digest = Digests.OfLines([code, version]),
            Labels = labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
            Request = new Request("ann@x.example", "a fix", "T-1"),
            DesiredRevision = "aaaa+bbbb",
            Forecast = new(Restart.Yes, ["odoo"], [new InitContainerChange("addon-web-x", "r.example/web_x:1.0", $"r.example/web_x:{version}")], []),
        };
    }

    public static OverlayChange Retire(string code) => Update(code) with
    {
        Action = ChangeAction.Retire, After = null, HashAfter = null, Steps = [], Forecast = Overlay.Plan.Forecast.Nothing, Request = Request.None,
    };
}
