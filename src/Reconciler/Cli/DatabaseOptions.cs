using System.CommandLine;
using OdooSky.GitOps.Reconciler.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>How <c>import</c> and <c>export</c> name a database.</summary>
internal static class DatabaseOptions
{
    /// <summary>An SQLite database.</summary>
    public static Option<string?> Sqlite { get; } = new("--sqlite") { Description = "an SQLite database file", HelpName = "FILE" };

    /// <summary>A PostgreSQL database.</summary>
    public static Option<string?> Postgres { get; } = new("--postgres") { Description = "a file that holds the connection string of a PostgreSQL database", HelpName = "FILE" };

    /// <summary>The database that a command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="surroundings">Where paths start, and where problems are told.</param>
    /// <returns>How it is reached, or null when that was told to be impossible.</returns>
    public static DesiredAccess? Access(ParseResult parsed, Surroundings surroundings)
    {
        var (sqlite, postgres) = (parsed.GetValue(Sqlite), parsed.GetValue(Postgres));
        if (sqlite is null == postgres is null)
        {
            surroundings.Terminal.Fail("OSG0001", "name the database with either --sqlite or --postgres.");
            return null;
        }

        if (sqlite is not null) return new DesiredAccess(DesiredDialect.Sqlite, DesiredDialect.FileConnection(surroundings.PathOf(sqlite)));
        return new DesiredAccess(DesiredDialect.Postgres, File.ReadAllText(surroundings.PathOf(postgres!)).Trim());
    }
}
