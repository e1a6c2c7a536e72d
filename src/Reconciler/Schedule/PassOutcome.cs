using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Schedule;

/// <summary>What came of a pass, as one JSON object: whoever asked for it is told this, on whichever replica it ran.</summary>
internal static class PassOutcome
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The pass.</param>
    /// <returns><c>result</c>, <c>stopped</c>, <c>held</c>, <c>digest</c> and <c>branches</c>.</returns>
    public static string Of(PassReport report) => new JsonObject
    {
        ["result"] = PassCounts.ResultOf(report),
        ["stopped"] = report.Planned.Plan.Count(ChangeAction.Stopped),
        ["held"] = report.Planned.Held?.Reason,
        ["digest"] = report.Planned.Held?.PlanDigest,
        ["branches"] = new JsonObject(report.Branches.CountBy(branch => branch.Outcome).OrderBy(pair => pair.Key)
            .Select(pair => KeyValuePair.Create(EnumWords.Word(pair.Key), (JsonNode?)pair.Value))),
    }.ToJsonString();
}
