using System.CommandLine;
using System.Text.Json;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky plan</c>: what a pass would do, and what it costs; nothing is written.</summary>
internal static class PlanVerb
{
    private static readonly Option<string?> Out = new("--out") { Description = "save the plan, so that exactly it can be applied", HelpName = "FILE" };
    private static readonly Option<bool> Detailed = new("--detailed-exitcode") { Description = "exit with 2 when there are changes" };
    private static readonly Option<bool> All = new("--all") { Description = "list unchanged instances too" };
    private static readonly Option<bool> Diff = new("--diff") { Description = "show the lines that change" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "plan",
            "Show what would change in the overlays, which hash Helm will render, and which pods restart.",
            "odoosky plan                                the repository you stand in",
            "odoosky plan -r ssh://git@git.example/fleet.git --diff",
            "odoosky plan --desired my-branch            a desired state before it is merged",
            "odoosky plan --out plan.json && odoosky apply plan.json");
        CommonOptions.AddRepository(verb);
        foreach (var option in (Option[])[CommonOptions.Desired, CommonOptions.Approve, Out, Detailed, All, Diff]) verb.Add(option);
        verb.Does((parsed, cancellationToken) =>
            Opening.WithAsync(parsed, surroundings, open => RunAsync(parsed, surroundings, open, cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(
        ParseResult parsed, Surroundings surroundings, OpenTarget open, CancellationToken cancellationToken)
    {
        var request = new PassRequest(parsed.GetValue(CommonOptions.Desired), [.. parsed.GetValue(CommonOptions.Approve) ?? []]);
        var planned = await open.Run.PlanAsync(request, cancellationToken);
        if (parsed.GetValue(Out) is { } file && planned.Usable)
        {
            await File.WriteAllTextAsync(surroundings.PathOf(file), PlanJson.Of(planned).ToJsonString(JsonSerializerOptions.Default) + "\n", cancellationToken);
            surroundings.Terminal.Say($"Saved: {file}. odoosky apply {file} does exactly this, or refuses when the repository has moved on.");
        }

        Print(parsed, surroundings.Terminal, planned);
        return Exit(planned, parsed.GetValue(Detailed));
    }

    private static void Print(ParseResult parsed, Terminal terminal, PlannedPass planned)
    {
        var printer = new PlanPrinter(terminal);
        if (terminal.Format != OutputFormat.Text) terminal.PrintData(PlanJson.Of(planned));
        else printer.Print(planned, parsed.GetValue(All), parsed.GetValue(Diff));
        if (terminal.Format == OutputFormat.Text) printer.Problems(planned.Plan.AllProblems);
    }

    /// <summary>The exit code of a plan.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="detailed">Whether changes have a code of their own.</param>
    /// <returns>1 when the wish can't be trusted, 3 when a guard holds it, 6 when instances are stopped, 2 for changes.</returns>
    public static ExitCode Exit(PlannedPass planned, bool detailed) => ExitCodes.Worst(
    [
        planned.Usable ? ExitCode.Ok : ExitCode.Error,
        planned.Held is null ? ExitCode.Ok : ExitCode.Held,
        planned.Plan.Count(ChangeAction.Stopped) == 0 ? ExitCode.Ok : ExitCode.Partly,
        detailed && planned.Plan.Changes.Any() ? ExitCode.Changes : ExitCode.Ok,
    ]);
}
