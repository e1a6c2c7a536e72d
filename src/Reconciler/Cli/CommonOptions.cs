using System.CommandLine;
using System.CommandLine.Parsing;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Options that several verbs share; each verb adds those that it uses.</summary>
internal static class CommonOptions
{
    /// <summary>How data is printed.</summary>
    public static Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "how data is printed on stdout: text, json or yaml", HelpName = "text|json|yaml", Recursive = true, CustomParser = ReadFormat,
    };

    /// <summary>No colours.</summary>
    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "never use colours (also: NO_COLOR, TERM=dumb)", Recursive = true };

    /// <summary>The service's settings file.</summary>
    public static Option<string?> Config { get; } = new("--config", "-c")
    {
        Description = "the service's settings (default: odoosky.yaml, when it is there)", HelpName = "FILE",
    };

    /// <summary>Which target.</summary>
    public static Option<string?> Target { get; } = new("--target", "-t")
    {
        Description = "which target of the settings; may be left out when there is one", HelpName = "NAME",
    };

    /// <summary>The repository.</summary>
    public static Option<string?> Repository { get; } = new("--repository", "-r")
    {
        Description = "the Git repository: a path, file://, https:// or ssh:// (default: the one you stand in)", HelpName = "URL",
    };

    /// <summary>The base branch.</summary>
    public static Option<string?> Base { get; } = new("--base", "-b") { Description = "the base branch (default: main)", HelpName = "BRANCH" };

    /// <summary>The Helm version.</summary>
    public static Option<string?> Helm { get; } = new("--helm")
    {
        Description = "the Helm version that renders: 3, 4 or x.y.z (default: all supported ones must agree)", HelpName = "VERSION",
    };

    /// <summary>The cache folder.</summary>
    public static Option<string?> Cache { get; } = new("--cache")
    {
        Description = "where clones are cached; may be deleted at any time (default: ~/.cache/odoosky)", HelpName = "DIR",
    };

    /// <summary>The folder of proposals.</summary>
    public static Option<string?> Proposals { get; } = new("--proposals")
    {
        Description = "where proposals are written when there is no forge (default: proposals)", HelpName = "DIR",
    };

    /// <summary>Another revision of the wish.</summary>
    public static Option<string?> Desired { get; } = new("--desired")
    {
        Description = "read the desired state at this branch or commit instead of the base head", HelpName = "REV",
    };

    /// <summary>Approvals.</summary>
    public static Option<string[]> Approve { get; } = new("--approve")
    {
        Description = "let the plan with this digest (or its first 12 digits or more) pass the guards", HelpName = "DIGEST",
    };

    /// <summary>What is said of a format that there is not.</summary>
    /// <param name="word">What was typed.</param>
    /// <returns>A sentence.</returns>
    public static string NoSuchFormat(string word) => $"-o takes text, json or yaml, not {word}.";

    private static OutputFormat ReadFormat(ArgumentResult result)
    {
        var word = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (EnumWords.TryParse<OutputFormat>(word) is { } format) return format;
        result.AddError(NoSuchFormat(word));
        return OutputFormat.Text;
    }

    /// <summary>All that chooses what a pass works on.</summary>
    /// <param name="command">The verb that takes them.</param>
    public static void AddRepository(Command command)
    {
        foreach (var option in (Option[])[Repository, Base, Target, Config, Helm, Cache, Proposals]) command.Add(option);
    }
}
