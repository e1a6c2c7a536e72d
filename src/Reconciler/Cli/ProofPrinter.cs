using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;
using Spectre.Console;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Prints verdicts: those that are not live first in a person's mind, so a large fleet's live ones are counted alone.</summary>
/// <param name="terminal">Where they are printed.</param>
internal sealed class ProofPrinter(Terminal terminal)
{
    private const int FewInstances = 50;

    /// <summary>Prints all verdicts.</summary>
    /// <param name="proof">The verdicts.</param>
    /// <param name="all">Whether those that are live are listed, however many there are.</param>
    /// <param name="evidence">Whether what is live shows its evidence too.</param>
    public void Print(FleetProof proof, bool all, bool evidence)
    {
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(Data(proof));
            return;
        }

        var listed = proof.All.Where(each => all || proof.All.Count <= FewInstances || ProofEnds.Of(each.Verdict) != ProofEnd.Reached || !each.Verdict.Findings.IsEmpty).ToList();
        var width = listed.Select(each => each.Code.Text.Length).DefaultIfEmpty().Max();
        foreach (var each in listed)
        {
            terminal.Print(ProofWords.Line(each, width), ProofWords.Colour(each.Verdict));
            foreach (var line in ProofWords.More(each, evidence)) terminal.Print(new string(' ', width + 2) + line);
        }

        terminal.Print(ProofWords.Sum(proof.All));
    }

    /// <summary>A verdict as data.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>An object; what does not apply is null.</returns>
    public static JsonObject Data(InstanceProof proof) => new()
    {
        ["code"] = proof.Code.Text,
        ["verdict"] = proof.Verdict.Kind.ToString(),
        ["reason"] = proof.Verdict.Reason,
        ["detail"] = proof.Verdict.Detail,
        ["next"] = NextStep.Of(proof.Verdict.Reason),
        ["since"] = proof.Verdict.At is { } at ? UtcTime.Write(at) : null,
        ["leadTimeSeconds"] = proof.Verdict.LeadTime is { } lead ? (long)lead.TotalSeconds : null,
        ["proof"] = proof.Verdict.Proof is { } by ? by.ToString().ToLowerInvariant() : null,
        ["revision"] = proof.Verdict.Revision,
        ["progress"] = proof.Verdict.Progress is { } roll ? new JsonObject { ["ready"] = roll.Ready, ["wanted"] = roll.Wanted } : null,
        ["landing"] = new JsonObject
        {
            ["commit"] = proof.Promise.Change.Commit.Text, ["at"] = UtcTime.Write(proof.Promise.Change.LandedAt), ["hash"] = proof.Promise.Hash.Value,
        },
        ["application"] = proof.Application is { } application ? $"{application.Namespace}/{application.Name}" : null,
        ["findings"] = new JsonArray([.. proof.Verdict.Findings.Select(finding => new JsonObject { ["code"] = finding.Code, ["text"] = finding.Text })]),
        ["evidence"] = new JsonArray([.. proof.Verdict.Evidence.Select(evidence => new JsonObject { ["field"] = evidence.Field, ["value"] = evidence.Value })]),
    };

    private static JsonObject Data(FleetProof proof) => new()
    {
        ["apiVersion"] = "odoosky.io/v1",
        ["kind"] = "Verification",
        ["base"] = proof.Merged.Settings.Target.Base,
        ["commit"] = proof.Merged.Head.Id.Text,
        ["counts"] = new JsonObject(proof.All.GroupBy(each => each.Verdict.Kind).OrderBy(group => group.Key)
            .Select(group => KeyValuePair.Create(group.Key.ToString(), (JsonNode?)JsonValue.Create(group.Count())))),
        ["instances"] = new JsonArray([.. proof.All.Select(Data)]),
    };
}
