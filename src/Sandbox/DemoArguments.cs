namespace OdooSky.GitOps.Sandbox;

/// <summary>What people may say behind <c>./odoosky demo</c>.</summary>
/// <param name="Folder">Where the demo's repository is made, or null for a new temporary folder.</param>
internal sealed record DemoArguments(string? Folder)
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="args">The arguments, <c>demo</c> first.</param>
    /// <returns>What they say, or null when they can't be read or ask for help.</returns>
    public static DemoArguments? Parse(string[] args)
    {
        if (args is not ["demo", .. var rest]) return null;
        string? folder = null;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--no-color") continue;
            if (rest[i] != "--folder" || i + 1 == rest.Length) return null;
            folder = rest[++i];
        }

        return new DemoArguments(folder);
    }
}
