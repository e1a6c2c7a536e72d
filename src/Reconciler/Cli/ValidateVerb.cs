using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky validate</c>: every problem of the wish and of all overlays, at once.</summary>
internal static class ValidateVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "validate",
            "Check the desired state and every overlay, and list all problems with their places.",
            "odoosky validate",
            "odoosky validate --desired my-branch -o json   in CI, before it is merged");
        CommonOptions.AddRepository(verb);
        verb.Add(CommonOptions.Desired);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(
                surroundings.Terminal,
                await open.Run.ValidateAsync(new PassRequest(parsed.GetValue(CommonOptions.Desired), []), cancellationToken)),
            cancellationToken));
        return verb;
    }

    private static ExitCode Print(Terminal terminal, (PlannedPass Planned, IReadOnlyList<Problem> Problems) found)
    {
        var errors = found.Problems.Count(problem => problem.Severity == Severity.Error);
        var warnings = found.Problems.Count - errors;
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject
            {
                ["apiVersion"] = "odoosky.io/v1",
                ["kind"] = "Validation",
                ["usable"] = found.Planned.Usable,
                ["errors"] = errors,
                ["warnings"] = warnings,
                ["problems"] = new JsonArray([.. found.Problems.Select(PlanJson.Problem)]),
            });
        }
        else
        {
            foreach (var problem in found.Problems) terminal.Print(problem.ToString());
            terminal.Print($"{PlanWords.Count(found.Planned.Plan.Instances.Length, "instance")}: {PlanWords.Count(errors, "error")}, {PlanWords.Count(warnings, "warning")}.");
        }

        return !found.Planned.Usable ? ExitCode.Error : errors > 0 ? ExitCode.Partly : ExitCode.Ok;
    }
}
