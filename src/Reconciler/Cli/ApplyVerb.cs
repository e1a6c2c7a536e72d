using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky apply</c>: one pass: plan, commit, push, propose.</summary>
internal static class ApplyVerb
{
    private static readonly Argument<string?> Saved = new("FILE") { Description = "a saved plan: exactly it is applied, or nothing", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "apply",
            "Do one pass: plan, commit, push the branches, and propose them for review. The base branch is never touched.",
            "odoosky apply",
            "odoosky apply plan.json                     exactly the saved plan, or nothing",
            "odoosky apply --approve 8f3c0a61b2d4        let a plan pass the guards");
        verb.Add(Saved);
        CommonOptions.AddRepository(verb);
        verb.Add(CommonOptions.Desired);
        verb.Add(CommonOptions.Approve);
        verb.Does((parsed, cancellationToken) =>
            Opening.WithAsync(parsed, surroundings, open => RunAsync(parsed, surroundings, open, cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(
        ParseResult parsed, Surroundings surroundings, OpenTarget open, CancellationToken cancellationToken)
    {
        var saved = parsed.GetValue(Saved) is { } file ? SavedPlan.Read(surroundings.PathOf(file)) : null;
        if (parsed.GetValue(Saved) is { } wrong && saved is null)
        {
            surroundings.Terminal.Fail(PlanProblems.StalePlan, $"{wrong} is not a plan that odoosky plan --out has saved.");
            return ExitCode.Error;
        }

        var request = new PassRequest(parsed.GetValue(CommonOptions.Desired) ?? saved?.Desired, [.. parsed.GetValue(CommonOptions.Approve) ?? []])
        {
            OnlyDigest = saved?.Digest,
        };
        var report = await open.Run.ApplyAsync(request, cancellationToken);
        return Print(surroundings.Terminal, report);
    }

    private static ExitCode Print(Terminal terminal, PassReport report)
    {
        if (report.Stale is { } stale)
        {
            terminal.Fail(PlanProblems.StalePlan, stale);
            return ExitCode.Error;
        }

        if (terminal.Format == OutputFormat.Text) new PlanPrinter(terminal).Problems(report.Planned.Plan.AllProblems);
        if (terminal.Format == OutputFormat.Text) PrintText(terminal, report);
        else terminal.PrintData(Data(report));
        return ExitCodes.Worst(
        [
            PlanVerb.Exit(report.Planned, detailed: false),
            report.Branches.Any(branch => branch.Outcome is BranchOutcome.Refused) ? ExitCode.Partly : ExitCode.Ok,
        ]);
    }

    private static void PrintText(Terminal terminal, PassReport report)
    {
        foreach (var branch in report.Branches)
        {
            terminal.Print($"{Word(branch.Outcome),-9}  {branch.Branch}{(branch.Detail.Length == 0 ? string.Empty : "  " + branch.Detail)}");
            if (branch.Receipt is { } receipt) terminal.Print($"           proposal: {receipt.Location}");
        }

        foreach (var refused in report.Planned.Decided.Held) terminal.Print($"{DecisionWords.Of(refused.Kind),-9}  {refused.Code}  {refused.Reason}");
        if (report.Planned.Held is { } held)
            terminal.Say($"Held by a guard: {held.Reason}. To let it pass: odoosky apply --approve {held.PlanDigest[..12]}");
        else if (!report.Planned.Usable) terminal.Say("Nothing was done: the desired state can't be trusted as a whole; see the problems.");
        else if (report.Branches.IsEmpty && report.Planned.Decided.Held.IsEmpty) terminal.Print("Nothing to do: every overlay says what is desired.");
    }

    private static JsonObject Data(PassReport report) => new()
    {
        ["apiVersion"] = "odoosky.io/v1",
        ["kind"] = "PassReport",
        ["plan"] = PlanJson.Of(report.Planned),
        ["branches"] = new JsonArray([.. report.Branches.Select(branch => new JsonObject
        {
            ["branch"] = branch.Branch,
            ["outcome"] = Word(branch.Outcome),
            ["detail"] = branch.Detail,
            ["head"] = branch.Head,
            ["proposal"] = branch.Receipt?.Location,
        })]),
    };

    private static string Word(BranchOutcome outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());
}
