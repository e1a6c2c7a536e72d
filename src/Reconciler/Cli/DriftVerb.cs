using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky drift</c>: where the desired state, base, proposals, Argo CD and what runs differ.</summary>
internal static class DriftVerb
{
    private static readonly Option<bool> Detailed = new("--detailed-exitcode") { Description = "exit with 2 when there is any drift" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "drift",
            "Find where the desired state, the base branch, proposals, Argo CD and what runs differ: each finding once, with its remedy. Writes nothing.",
            "odoosky drift",
            "odoosky drift --detailed-exitcode -o json   in a nightly job");
        verb.Add(Detailed);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithClustersIfNamedAsync(
            parsed, surroundings, (open, rollouts) => RunAsync(parsed, surroundings.Terminal, (open, rollouts), cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Terminal terminal, (OpenTarget Open, IRollouts? Rollouts) at, CancellationToken cancellationToken)
    {
        var planned = await at.Open.Run.PlanAsync(new PassRequest(null, []), cancellationToken);
        new PlanPrinter(terminal).Problems(planned.Plan.AllProblems.Where(problem => problem.Severity == Severity.Error));
        var proof = await ProveAsync(at, cancellationToken);
        if (proof is null) terminal.Say("No cluster is named, so what runs was not looked at; cluster: in odoosky.yaml names one.");
        var findings = DriftFinding.All(planned, proof);
        if (terminal.Format == OutputFormat.Text) Print(terminal, findings, planned);
        else terminal.PrintData(Data(findings, planned));
        return ExitCodes.Worst(
        [
            PlanVerb.Exit(planned, detailed: false),
            proof is null ? ExitCode.Ok : VerifyVerb.Unread(terminal, proof.Reading),
            findings.Any(found => found.Class == DriftClass.Unknown) ? ExitCode.Partly : ExitCode.Ok,
            parsed.GetValue(Detailed) && findings.Any(found => found.Class != DriftClass.Unknown) ? ExitCode.Changes : ExitCode.Ok,
        ]);
    }

    private static async Task<FleetProof?> ProveAsync((OpenTarget Open, IRollouts? Rollouts) at, CancellationToken cancellationToken)
    {
        if (at.Rollouts is null) return null;
        var verification = at.Open.Verify(at.Rollouts);
        await verification.OnceAsync([], cancellationToken);
        return verification.Proof;
    }

    private static void Print(Terminal terminal, ImmutableArray<DriftFinding> findings, PlannedPass planned)
    {
        foreach (var group in findings.GroupBy(found => found.Class))
        {
            terminal.Print(Title(group.Key));
            foreach (var found in group)
            {
                terminal.Print($"  {(found.Subject.Length == 0 ? string.Empty : found.Subject + "  ")}{found.Kind}: {PlainText.Line(found.Text)}");
                terminal.Print($"      {PlainText.Line(found.Remedy)}");
            }
        }

        var resting = DriftFinding.Suspended(planned).ToList();
        if (resting.Count > 0) terminal.Print("suspended, so left alone");
        foreach (var each in resting) terminal.Print($"  {each.Code}  {PlainText.Line(each.Sentence)}");
        terminal.Print(findings.Length == 0 ? "No drift." : $"{PlanWords.Count(findings.Length, "finding")}.");
    }

    private static JsonObject Data(ImmutableArray<DriftFinding> findings, PlannedPass planned) => new()
    {
        ["apiVersion"] = "odoosky.io/v1",
        ["kind"] = "Drift",
        ["findings"] = new JsonArray([.. findings.Select(found => new JsonObject
        {
            ["class"] = Word(found.Class), ["finding"] = found.Kind, ["subject"] = found.Subject, ["text"] = found.Text, ["remedy"] = found.Remedy,
        })]),
        ["suspended"] = new JsonArray([.. DriftFinding.Suspended(planned).Select(each => new JsonObject { ["code"] = each.Code.Text, ["text"] = PlainText.Line(each.Sentence) })]),
    };

    private static string Word(DriftClass found) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(found.ToString());

    private static string Title(DriftClass found) => found switch
    {
        DriftClass.DesiredBase => "desired state ↔ base",
        DriftClass.BaseProposal => "base ↔ open proposal",
        DriftClass.BaseArgocd => "base ↔ what Argo CD renders",
        DriftClass.ArgocdLive => "Argo CD ↔ what runs",
        DriftClass.LiveLive => "what runs ↔ what was made to run",
        DriftClass.Orphan => "orphans",
        DriftClass.Calibration => "the chart ↔ this program",
        _ => "not known",
    };
}
