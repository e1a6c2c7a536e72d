using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A plan as data for other programs; also the form in which a plan is saved.</summary>
internal static class PlanJson
{
    /// <summary>The whole plan.</summary>
    /// <param name="planned">What a pass planned.</param>
    /// <returns>An object of kind <c>Plan</c>.</returns>
    public static JsonObject Of(PlannedPass planned) => new()
    {
        ["apiVersion"] = "odoosky.io/v1",
        ["kind"] = "Plan",
        ["target"] = planned.Target,
        ["base"] = new JsonObject { ["branch"] = planned.BaseBranch, ["commit"] = planned.BaseCommit },
        ["desired"] = new JsonObject { ["from"] = planned.DesiredFrom, ["revision"] = planned.DesiredRevision, ["usable"] = planned.Usable },
        ["digest"] = planned.Plan.Digest,
        ["fleetSize"] = planned.Plan.FleetSize,
        ["held"] = planned.Held is null ? null : new JsonObject { ["reason"] = planned.Held.Reason, ["approve"] = planned.Held.PlanDigest },
        ["pullRequests"] = new JsonArray([.. planned.Decided.Decisions.Select(decision => DecisionWords.Data(decision))]),
        ["refused"] = new JsonArray([.. planned.Decided.Held.Select(DecisionWords.Data)]),
        ["guards"] = new JsonArray([.. planned.Guards.Select(Guard)]),
        ["instances"] = new JsonArray([.. planned.Plan.Instances.Select(Instance)]),
        ["problems"] = new JsonArray([.. planned.Plan.AllProblems.Select(Problem)]),
    };

    /// <summary>A problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>An object with code, severity, message, remedy, place and instance.</returns>
    public static JsonObject Problem(Problem problem) => new()
    {
        ["code"] = problem.Code,
        ["severity"] = problem.Severity == Severity.Error ? "error" : "warning",
        ["message"] = problem.Message,
        ["remedy"] = problem.Remedy,
        ["place"] = problem.Place.ToString(),
        ["instance"] = problem.Instance,
    };

    private static JsonNode Guard(GuardResult guard) => new JsonObject
    {
        ["rule"] = guard.Rule,
        ["count"] = guard.Count,
        ["allowed"] = guard.Allowed < 0 ? null : guard.Allowed,
        ["passed"] = guard.Passed,
    };

    private static JsonNode Instance(OverlayChange change) => new JsonObject
    {
        ["code"] = change.Code.Text,
        ["action"] = PlanWords.Word(change.Action),
        ["path"] = change.Path,
        ["sentence"] = change.Sentence,
        ["hashBefore"] = change.HashBefore,
        ["hashAfter"] = change.HashAfter,
        ["restarts"] = PlanWords.Word(change.Forecast.Restart),
        ["pods"] = Texts(change.Forecast.Pods),
        ["initContainers"] = new JsonArray([.. change.Forecast.InitContainers.Select(Container)]),
        ["paths"] = Texts(change.Forecast.Paths.Select(path => path.ToString())),
        ["steps"] = new JsonArray([.. change.Steps.Select(Step)]),
        ["held"] = change.HeldBecause,
        ["digest"] = change.Digest.Length == 0 ? null : change.Digest,
        ["requestedBy"] = change.Request.RequestedBy,
        ["reason"] = change.Request.Reason,
        ["ticket"] = change.Request.Ticket,
        ["desiredRevision"] = change.DesiredRevision,
    };

    private static JsonNode Container(InitContainerChange container) =>
        new JsonObject { ["name"] = container.Name, ["before"] = container.Before, ["after"] = container.After };

    private static JsonNode Step(EditStep step) => step switch
    {
        RowAdded added => new JsonObject { ["step"] = "row-added", ["after"] = Row(added.Row) },
        RowRemoved removed => new JsonObject { ["step"] = "row-removed", ["before"] = Row(removed.Row) },
        RowChanged changed => new JsonObject { ["step"] = "row-changed", ["before"] = Row(changed.Before), ["after"] = Row(changed.After) },
        ValueSet set => new JsonObject
        {
            ["step"] = "value-set", ["path"] = set.Path.ToString(), ["before"] = Value(set.Before), ["after"] = Value(set.After),
        },
        ValueUnset unset => new JsonObject { ["step"] = "value-unset", ["path"] = unset.Path.ToString(), ["before"] = Value(unset.Before) },
        _ => new JsonObject { ["step"] = PlanWords.Step(step) },
    };

    private static JsonObject Row(AddonRow row) =>
        new() { ["code"] = row.Code, ["source"] = row.Source, ["image"] = row.Image, ["version"] = row.Version };

    private static JsonNode? Value(HelmValue? value) =>
        value is null ? null : JsonNode.Parse(Encoding.UTF8.GetString(GoJson.Write(value)));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);
}
