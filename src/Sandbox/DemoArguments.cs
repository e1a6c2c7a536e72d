using OdooSky.GitOps.Reconciler.Cli;

namespace OdooSky.GitOps.Sandbox;

/// <summary>What people may say behind <c>./odoosky demo</c>, and behind <c>./odoosky serve --demo</c>.</summary>
/// <param name="Folder">Where the demo's files are made, or null for a new temporary folder.</param>
/// <param name="GitHub">Whether the life of pull requests on GitHub is shown.</param>
internal sealed record DemoArguments(string? Folder, bool GitHub)
{
    /// <summary>Where the service listens; null: no service is shown.</summary>
    public string? Urls { get; init; }

    /// <summary>Whether desired state in a database is shown, and what a clone alone tells.</summary>
    public bool Database { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">The arguments, <c>demo</c> or <c>serve</c> first.</param>
    /// <returns>What they say, or null when they can't be read or ask for help.</returns>
    public static DemoArguments? Parse(string[] args) => args switch
    {
        ["demo", .. var rest] => Read(rest, new DemoArguments(null, GitHub: false)),
        ["serve", .. var rest] when rest.Contains("--demo", StringComparer.Ordinal) => Read(rest, new DemoArguments(null, GitHub: false) { Urls = ServeVerb.DefaultUrl }),
        _ => null,
    };

    private static DemoArguments? Read(string[] args, DemoArguments said)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (args[i] == "--no-color" || (args[i] == "--demo" && said.Urls is not null)) continue;
            if (args[i] == "--github" && said.Urls is null) said = said with { GitHub = true };
            else if (args[i] == "--database" && said.Urls is null) said = said with { Database = true };
            else if (args[i] == "--folder" && value is not null) (said, i) = (said with { Folder = value }, i + 1);
            else if (args[i] == "--urls" && value is not null && said.Urls is not null) (said, i) = (said with { Urls = value }, i + 1);
            else return null;
        }

        return said is { GitHub: true, Database: true } ? null : said;
    }
}
