using System.CommandLine;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Desired;
using OdooSky.GitOps.Reconciler.Schemas;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky schema</c>: the JSON Schemas of all file kinds.</summary>
internal static class SchemaVerb
{
    private static readonly Argument<string?> Kind = new("KIND") { Description = "the file's kind, such as Instance; without one, all kinds are listed", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> For = new("--for") { Description = "with sql: the database, sqlite or postgres", HelpName = "sqlite|postgres" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "schema",
            "Print the JSON Schema (draft 7) of a file kind, for editors that complete and check.",
            "odoosky schema                              all kinds",
            "odoosky schema Instance > instance.schema.json",
            "odoosky schema sql --for postgres | psql    tables for desired state") { Kind, For };
        verb.Does((parsed, _) => Task.FromResult(parsed.GetValue(Kind) switch
        {
            "sql" => Sql(parsed.GetValue(For), surroundings.Terminal),
            { } kind => One(kind, surroundings.Terminal),
            null => All(surroundings.Terminal),
        }));
        return verb;
    }

    private static ExitCode Sql(string? database, Terminal terminal)
    {
        if (DesiredDialect.All.FirstOrDefault(dialect => dialect.Name == database) is { } dialect)
        {
            terminal.Print(dialect.Schema().TrimEnd('\n'));
            return ExitCode.Ok;
        }

        terminal.Fail("OSG0001", database is null ? "odoosky schema sql needs --for sqlite or --for postgres." : $"There are no tables for {database}; write --for sqlite or --for postgres.");
        return ExitCode.Error;
    }

    private static ExitCode One(string kind, Terminal terminal)
    {
        if (SchemaCatalog.Find(kind) is { } schema)
        {
            terminal.Print(schema.Read().TrimEnd('\n'));
            return ExitCode.Ok;
        }

        terminal.Fail("OSG0001", $"{kind} is no kind of file. {NearestWord.Remedy(kind, [.. SchemaCatalog.All.Select(schema => schema.Kind)])}");
        return ExitCode.Error;
    }

    private static ExitCode All(Terminal terminal)
    {
        if (terminal.Format != OutputFormat.Text)
            terminal.PrintData(new JsonArray([.. SchemaCatalog.All.Select(schema => new JsonObject { ["kind"] = schema.Kind, ["files"] = schema.Files })]));
        else
            foreach (var schema in SchemaCatalog.All) terminal.Print($"{schema.Kind,-13} {schema.Files}");
        return ExitCode.Ok;
    }
}
