using System.CommandLine;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky export</c>: desired state from files into a database.</summary>
internal static class ExportVerb
{
    private static readonly Option<string> From = new("--from") { Description = "the folder to read", HelpName = "DIR", DefaultValueFactory = _ => "desired" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "export",
            "Write the desired state of files into a database, in one transaction; its tables are made when they are missing. Instances and entries of the catalogue that no file names stay.",
            "odoosky export --from desired --sqlite desired.db",
            "odoosky export --postgres /etc/odoosky/connection") { From, DatabaseOptions.Sqlite, DatabaseOptions.Postgres };
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, surroundings, cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (DatabaseOptions.Access(parsed, surroundings) is not { } access) return ExitCode.Error;
        var folder = surroundings.PathOf(parsed.GetRequiredValue(From));
        var files = Files(folder).ToList();
        var catalog = Path.Combine(folder, DesiredFolder.CatalogPath) is var path && File.Exists(path)
            ? CatalogFile.Read(DesiredFolder.CatalogPath, await File.ReadAllBytesAsync(path, cancellationToken), string.Empty)
            : null;
        var state = DesiredState.Combine(files, catalog, new DesiredRules { Folder = parsed.GetRequiredValue(From) });
        new PlanPrinter(surroundings.Terminal).Problems(state.Problems);
        if (!state.Usable || !state.Broken.IsEmpty)
        {
            surroundings.Terminal.Say("Nothing was written.");
            return ExitCode.Error;
        }

        var report = await new DesiredStore(access).WriteAsync([.. files.Select(file => file.Wish!)], [.. catalog?.Entries.Values ?? []], cancellationToken);
        foreach (var code in report.Written) surroundings.Terminal.Print(code);
        surroundings.Terminal.Say($"{PlanWords.Count(report.Written.Count, "instance")} written, {report.Unchanged} unchanged.");
        if (report.Untouched.Count > 0) surroundings.Terminal.Say($"Left alone, since no file names them: {string.Join(", ", report.Untouched)}.");
        if (report.UntouchedAddons.Count > 0) surroundings.Terminal.Say($"Left in the catalogue, since no file names them: {string.Join(", ", report.UntouchedAddons)}.");
        return ExitCode.Ok;
    }

    private static IEnumerable<InstanceFile> Files(string folder)
    {
        var all = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var file in all.Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (DesiredFolder.KindOf(path) == DesiredFileKind.Instance) yield return InstanceFile.Read(path, File.ReadAllBytes(file), string.Empty);
            else if (DesiredFolder.KindOf(path) == DesiredFileKind.Misplaced) yield return InstanceFile.Misplaced(path);
        }
    }
}
