using System.CommandLine;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky import</c>: desired state from a database into files.</summary>
internal static class ImportVerb
{
    private static readonly Option<string> To = new("--to") { Description = "the folder to write", HelpName = "DIR", DefaultValueFactory = _ => "desired" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "import",
            "Write the desired state of a database as files. The plan of either is the same.",
            "odoosky import --sqlite desired.db --to desired",
            "odoosky import --postgres /etc/odoosky/connection") { DatabaseOptions.Sqlite, DatabaseOptions.Postgres, To };
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (DatabaseOptions.Access(parsed, surroundings) is not { } access) return ExitCode.Error;
        var tables = await new DesiredDatabase(access).ReadAsync(cancellationToken);
        var state = tables.Combine(new DesiredRules());
        new PlanPrinter(surroundings.Terminal).Problems(state.Problems);
        if (!state.Usable || !state.Broken.IsEmpty)
        {
            surroundings.Terminal.Say("Nothing was written.");
            return ExitCode.Error;
        }

        var folder = surroundings.PathOf(parsed.GetRequiredValue(To));
        var written = 0;
        foreach (var file in tables.Files) written += await WriteAsync(Path.Combine(folder, DesiredFolder.PathOf(file.Wish!.Code)), InstanceFile.Write(file.Wish!), surroundings, cancellationToken);
        if (tables.Catalog is { Entries.IsEmpty: false } catalog)
            written += await WriteAsync(Path.Combine(folder, DesiredFolder.CatalogPath), CatalogFile.Write(catalog.Entries.Values), surroundings, cancellationToken);
        surroundings.Terminal.Say($"{PlanWords.Count(tables.Files.Length, "instance")} read; {PlanWords.Count(written, "file")} written. Files of other instances are left alone.");
        return ExitCode.Ok;
    }

    private static async Task<int> WriteAsync(string path, string text, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && string.Equals(await File.ReadAllTextAsync(path, cancellationToken), text, StringComparison.Ordinal)) return 0;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, cancellationToken);
        surroundings.Terminal.Print(path);
        return 1;
    }
}
