using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Doctor;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky doctor</c>: looks at all that a pass needs; each line has its remedy, and nothing is written.</summary>
internal static class DoctorVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "doctor",
            "Look at all that a pass needs: Git, desired state, credential, rights, repository, rules, limits, clock. Writes nothing.",
            "odoosky doctor",
            "odoosky doctor -o json                      for a monitor or a ticket");
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, async open => Print(surroundings.Terminal, await open.Doctor.RunAsync(cancellationToken)), cancellationToken));
        return verb;
    }

    private static ExitCode Print(Terminal terminal, ImmutableArray<CheckResult> results)
    {
        if (terminal.Format == OutputFormat.Text) PrintText(terminal, results);
        else terminal.PrintData(new JsonObject
        {
            ["apiVersion"] = "odoosky.io/v1",
            ["kind"] = "Diagnosis",
            ["checks"] = new JsonArray([.. results.Select(result => new JsonObject
            {
                ["check"] = result.Check, ["state"] = EnumWords.Word(result.State), ["finding"] = result.Finding, ["remedy"] = result.Remedy,
            })]),
        });
        return ExitCodes.Worst(results.Where(result => result.State == CheckState.Failed).Select(result => result.IsCredential ? ExitCode.Credentials : ExitCode.Error));
    }

    private static void PrintText(Terminal terminal, ImmutableArray<CheckResult> results)
    {
        foreach (var result in results)
        {
            terminal.Print($"{EnumWords.Word(result.State),-8} {result.Check,-12} {result.Finding}");
            if (result.Remedy.Length > 0) terminal.Print($"{string.Empty,-21} > {result.Remedy}");
        }

        int failed = results.Count(result => result.State == CheckState.Failed), warned = results.Count(result => result.State == CheckState.Warning);
        terminal.Print(failed + warned == 0 ? "\nAll is well." : $"\n{failed} failed, {warned} to look at.");
    }
}
