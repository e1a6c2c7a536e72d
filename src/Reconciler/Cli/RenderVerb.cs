using System.CommandLine;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky render</c>: one overlay as it would be, byte for byte, on stdout.</summary>
internal static class RenderVerb
{
    private static readonly Argument<string> Code = new("CODE") { Description = "the instance's code" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "render",
            "Print an instance's overlay as it would be after the next proposal is merged.",
            "odoosky render acme",
            "odoosky render acme | odoosky hash -f - --chart charts/instance") { Code };
        CommonOptions.AddRepository(verb);
        verb.Add(CommonOptions.Desired);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(
                surroundings.Terminal,
                parsed.GetRequiredValue(Code),
                await open.Run.PlanAsync(new PassRequest(parsed.GetValue(CommonOptions.Desired), []), cancellationToken)),
            cancellationToken));
        return verb;
    }

    private static ExitCode Print(Terminal terminal, string code, PlannedPass planned)
    {
        if (!planned.Usable)
        {
            new PlanPrinter(terminal).Problems(planned.Plan.AllProblems);
            return ExitCode.Error;
        }

        var change = planned.Plan.Instances.FirstOrDefault(change => string.Equals(change.Code.Text, code, StringComparison.Ordinal));
        if (change is null)
        {
            var near = NearestWord.Of(code, planned.Plan.Instances.Select(change => change.Code.Text));
            terminal.Fail("OSG0005", $"no desired instance and no overlay has the code {code}.{(near is null ? string.Empty : $" Did you mean {near}?")}");
            return ExitCode.Error;
        }

        new PlanPrinter(terminal).Problems(planned.Plan.AllProblems.Where(problem => problem.Instance is null || problem.Instance == code));
        if (change.Action == ChangeAction.Stopped) return ExitCode.Partly;
        if (change.Action is ChangeAction.Create or ChangeAction.Update) terminal.PrintBytes(change.After!.Value);
        else if (change is { Action: not ChangeAction.Retire, Before: { } text }) terminal.PrintBytes(text);
        else terminal.Say($"{code} has no overlay after this: {change.Sentence}");
        return ExitCode.Ok;
    }
}
