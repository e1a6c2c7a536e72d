using System.Collections.Frozen;
using System.CommandLine;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>The manual: a page for each verb, by its words.</summary>
internal static class Manual
{
    private const ExitCode Changes = ExitCode.Changes;
    private const ExitCode Held = ExitCode.Held;
    private const ExitCode Partly = ExitCode.Partly;

    // A verb that works on a repository may lack a credential or wait too long; any verb may be wrong, or be stopped.
    private static readonly ExitCode[] Plainly = [ExitCode.Ok, ExitCode.Error, ExitCode.Interrupted];
    private static readonly ExitCode[] OnRepository = [ExitCode.Ok, ExitCode.Error, ExitCode.Credentials, ExitCode.Timeout, ExitCode.Interrupted];

    private static readonly FrozenDictionary<string, ManualPage> Pages = new Dictionary<string, ManualPage>(StringComparer.Ordinal)
    {
        ["plan"] = Repository(
            "Nothing is written but the file of --out. What it prints is what apply, or the service, would do with the same base branch.",
            "explanation/one-pass.md", Changes, Held, Partly),
        ["apply"] = Repository(
            "People review and merge. Running it again does nothing new, and after a crash the next pass goes on.",
            "reference/branches-and-commits.md", Held, Partly),
        ["render"] = Repository(
            "It is the file that Helm would read, with every byte that people wrote. Nothing is written.",
            "explanation/lossless-edits.md", Partly),
        ["validate"] = Repository(
            "Each problem has a code, its place and a remedy. Made for CI: nothing is written.",
            "how-to/validate-in-ci.md", Partly),
        ["adopt"] = Repository(
            "Files that are there stay as they are; look at what it wrote, and commit it.",
            "how-to/adopt-a-running-fleet.md", Partly),
        ["import"] = Page(
            "Nothing is written when a row has a problem; files of instances that the database does not have stay.",
            "how-to/keep-desired-state-in-a-database.md"),
        ["export"] = Page(
            "Instances of the database that no file names stay as they are, and are named.",
            "how-to/keep-desired-state-in-a-database.md"),
        ["merge"] = Repository(
            "It pushes a merge commit to base; the repository must be bare, or have another branch checked out.",
            "how-to/try-without-a-forge.md"),
        ["promote"] = Repository(
            "Held where the proof is missing or a version does not fit; --force says why it shall go on all the same.",
            "how-to/promote-addons.md", Held),
        ["pr"] = Repository("It reads and decides as the next pass would.", "reference/branches-and-commits.md", Held, Partly),
        ["pr list"] = Repository("Nothing is written.", "reference/branches-and-commits.md", Held, Partly),
        ["pr reopen"] = Repository("It sets the label odoosky/reopen on the pull request that declined it.", "how-to/propose-on-github.md"),
        ["suspend"] = Repository(
            "Everybody sees it, in plans, on pull requests and on the page; it is kept in the repository.",
            "how-to/suspend-and-resume.md"),
        ["resume"] = Repository("What else keeps an instance suspended is named.", "how-to/suspend-and-resume.md"),
        ["verify"] = Repository(
            "Nothing is called live without proof newer than its merge; what can't be told is Unknown. Verdicts are written down in notes.",
            "explanation/is-it-live.md", Partly),
        ["doctor"] = Repository("Each line that is not well has its remedy. Nothing is written.", "how-to/propose-on-github.md"),
        ["drift"] = Repository(
            "What is suspended is listed, and its unmet wish is no finding.",
            "explanation/is-it-live.md", Changes, Held, Partly),
        ["serve"] = Page(
            "It serves a status page, metrics, health and webhooks. What it does is what the verbs would do: it keeps no state of its own.",
            "how-to/serve.md"),
        ["reconcile"] = Page(
            "The service is asked over HTTP, with its admin token.",
            "how-to/serve.md", Held, ExitCode.Credentials, ExitCode.Timeout, Partly),
        ["reconcile now"] = Page(
            "Without a service use apply, which does the same pass.",
            "how-to/serve.md", Held, ExitCode.Credentials, ExitCode.Timeout, Partly),
        ["hash"] = Page("It is 16 hex digits. All supported Helm versions must agree, unless --helm names one.", "explanation/the-hash.md"),
        ["history"] = Repository("A clone that has the notes is all that is needed.", "how-to/keep-an-audit-trail.md"),
        ["state"] = Repository("The time is UTC; without one, now.", "how-to/keep-an-audit-trail.md"),
        ["blame"] = Repository("As git blame does for lines, but for rows, whatever moved in the file.", "how-to/keep-an-audit-trail.md"),
        ["explain"] = Repository(
            "The program's own decision is asked again and shown step by step, with its evidence. Nothing is written.",
            "explanation/one-pass.md"),
        ["audit"] = Repository("An export can be kept anywhere and checked later against any clone.", "reference/audit.md"),
        ["audit export"] = Repository("It can be checked later, line by line, by audit verify.", "reference/audit.md"),
        ["audit verify"] = Repository("A file that was changed, cut or reordered is found out.", "reference/audit.md"),
        ["report"] = Repository("Two runs on the same commits and notes give the same bytes.", "how-to/keep-an-audit-trail.md"),
        ["schema"] = Page("Without a kind it lists them, with the files that they are for.", "reference/desired-files.md"),
        ["config"] = Repository("Nothing is written, and no secret is shown: settings name files of secrets.", "reference/settings.md"),
        ["config view"] = Repository(
            "Nothing is written, and no secret is shown: settings name files of secrets.",
            "reference/settings.md"),
        ["demo"] = Page("Nothing outside its folder is touched, and no account is needed.", "tutorial.md"),
        ["completion"] = Page(
            "The script asks the program at each Tab, so that codes and rings are those of the repository.",
            "reference/command-line.md#completion"),
        ["complete"] = Page("One word a line, with its meaning behind a tab.", "reference/command-line.md#completion"),
        ["help"] = Page("Every verb has its own help: odoosky VERB --help.", "README.md"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words by which a command is called: <c>config view</c>; empty for the program itself.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The words.</returns>
    public static string PathOf(Command command)
    {
        if (command is RootCommand) return string.Empty;
        var above = command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? PathOf(parent) : string.Empty;
        return $"{above} {command.Name}".TrimStart();
    }

    /// <summary>A verb's page.</summary>
    /// <param name="path">Its words.</param>
    /// <returns>The page, or null: there is no such verb.</returns>
    public static ManualPage? Of(string path) => Pages.GetValueOrDefault(path);

    private static ManualPage Page(string more, string read, params ExitCode[] besides) => new(more, read, [.. Plainly.Concat(besides).Order()]);

    private static ManualPage Repository(string more, string read, params ExitCode[] besides) => new(more, read, [.. OnRepository.Concat(besides).Order()]);
}
