using System.Collections.Immutable;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky blame</c>: since when each addon row is as it is.</summary>
internal static class BlameVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var code = AuditOptions.Code();
        var verb = new Verb(
            "blame",
            "Tell since when, and by whom, each addon row of an instance's overlay is as it is.",
            "odoosky blame acme") { code };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(parsed.GetRequiredValue(code), await open.Audit.BlameAsync(parsed.GetRequiredValue(code), cancellationToken), surroundings.Terminal),
            cancellationToken));
        return verb;
    }

    private static ExitCode Print(InstanceCode code, ImmutableArray<RowOrigin> rows, Terminal terminal)
    {
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject
            {
                ["instance"] = code.Text,
                ["rows"] = new JsonArray([.. rows.Select(row => new JsonObject { ["row"] = AuditJson.Of(row.Row), ["since"] = AuditJson.Of(row.Since) })]),
            });
            return ExitCode.Ok;
        }

        var width = rows.Select(row => row.Row.Code.Length).DefaultIfEmpty().Max();
        foreach (var (row, since) in rows)
            terminal.Print(since is null
                ? $"{row.Code.PadRight(width)}  {row.Version,-14}  older than this history"
                : $"{row.Code.PadRight(width)}  {row.Version,-14}  {UtcTime.Write(since.At)}  {since.Commit.Text[..12]}  {LandingWords.By(since)}");
        if (rows.IsEmpty) terminal.Say($"{code} has no overlay with rows.");
        return ExitCode.Ok;
    }
}
