namespace OdooSky.GitOps.Sandbox;

/// <summary>What people may say behind <c>./odoosky demo</c>.</summary>
/// <param name="Folder">Where the demo's files are made, or null for a new temporary folder.</param>
/// <param name="GitHub">Whether the life of pull requests on GitHub is shown.</param>
internal sealed record DemoArguments(string? Folder, bool GitHub)
{
    /// <summary>Whether desired state in a database is shown, and what a clone alone tells.</summary>
    public bool Database { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">The arguments, <c>demo</c> first.</param>
    /// <returns>What they say, or null when they can't be read or ask for help.</returns>
    public static DemoArguments? Parse(string[] args)
    {
        if (args is not ["demo", .. var rest]) return null;
        var said = new DemoArguments(null, GitHub: false);
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--no-color") continue;
            if (rest[i] == "--github") said = said with { GitHub = true };
            else if (rest[i] == "--database") said = said with { Database = true };
            else if (rest[i] == "--folder" && i + 1 < rest.Length) said = said with { Folder = rest[++i] };
            else return null;
        }

        return said is { GitHub: true, Database: true } ? null : said;
    }
}
