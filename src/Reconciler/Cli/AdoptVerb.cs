using System.CommandLine;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky adopt</c>: writes the wish of a fleet that is there already.</summary>
internal static class AdoptVerb
{
    private static readonly Option<string> To = new("--to") { Description = "the folder to write; instances/ is made in it", HelpName = "DIR", DefaultValueFactory = _ => "desired" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "adopt",
            "Write the desired instance of every overlay that has none, so that a running fleet can start. The plan after it is empty.",
            "odoosky adopt                               into desired/, for you to commit",
            "odoosky adopt --to fleet/desired");
        CommonOptions.AddRepository(verb);
        verb.Add(To);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            open => RunAsync(parsed.GetRequiredValue(To), surroundings, open, cancellationToken),
            cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(string to, Surroundings surroundings, OpenTarget open, CancellationToken cancellationToken)
    {
        var (files, problems) = await open.Adopting.ReadAsync(cancellationToken);
        var folder = Path.Combine(surroundings.PathOf(to), "instances");
        Directory.CreateDirectory(folder);
        var written = 0;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Code.Text + ".yaml");
            if (File.Exists(path))
            {
                surroundings.Terminal.Say($"{path} is there already; it is left as it is.");
                continue;
            }

            await File.WriteAllTextAsync(path, file.Text, cancellationToken);
            surroundings.Terminal.Print(path);
            written++;
        }

        new PlanPrinter(surroundings.Terminal).Problems(problems);
        surroundings.Terminal.Say(written == 0 ? "Nothing was adopted." : $"{PlanWords.Count(written, "instance")} adopted. Commit the folder; the plan of these instances is empty then.");
        return problems.Any(problem => problem.Severity == Severity.Error) ? ExitCode.Partly : ExitCode.Ok;
    }
}
