using System.CommandLine;
using System.CommandLine.Help;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Verb to exit code: parses the arguments, runs the verb, and turns what the world does into one message.</summary>
internal static class CommandLine
{
    // An argument that begins with @ is a value like any other: a package's name, a text for --set.
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What people typed behind <c>odoosky</c>.</param>
    /// <param name="surroundings">Where it prints, and what the process gives it.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var root = Root(surroundings);
        var parsed = root.Parse(arguments, Plain);
        surroundings.Terminal.Format = parsed.GetResult(CommonOptions.Output)?.Errors.Any() == true ? OutputFormat.Text : parsed.GetValue(CommonOptions.Output);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText) return Refuse(parsed, root, surroundings.Terminal);
        if (surroundings.Terminal.Format == OutputFormat.Html && parsed.CommandResult.Command is not Verb { PrintsPages: true })
        {
            surroundings.Terminal.Fail("OSG0001", CommonOptions.NoSuchFormat("html"));
            return (int)ExitCode.Error;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = surroundings.Terminal.Output,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception failure)
        {
            return (int)Failures.Tell(failure, surroundings, cancellationToken);
        }
    }

    /// <summary>All verbs under the program itself.</summary>
    /// <param name="surroundings">What they run with.</param>
    /// <returns>The root.</returns>
    internal static RootCommand Root(Surroundings surroundings)
    {
        var root = new RootCommand("Plans, proposes and proves changes of Odoo instances that Argo CD deploys from Git.");
        root.Add(CommonOptions.Output);
        root.Add(CommonOptions.NoColor);
        foreach (var verb in Verbs.All(surroundings)) root.Add(verb);
        foreach (var command in (Command[])[root, .. root.Subcommands])
        foreach (var option in command.Options.OfType<HelpOption>())
            option.Action = new HelpText((HelpAction)option.Action!, surroundings.Terminal);
        return root;
    }

    private static int Refuse(ParseResult parsed, RootCommand root, Terminal terminal)
    {
        var errors = parsed.Errors.Select(error => OneLine(error.Message)).Distinct(StringComparer.Ordinal).ToList();
        var hint = Hint(parsed, root);
        foreach (var error in errors)
            terminal.Fail("OSG0001", terminal.Format == OutputFormat.Text ? error : $"{error} {hint}");
        if (terminal.Format == OutputFormat.Text) terminal.Say(hint);
        return (int)ExitCode.Error;
    }

    private static string Hint(ParseResult parsed, RootCommand root)
    {
        var command = parsed.CommandResult.Command;
        var words = command.Subcommands.Select(verb => verb.Name).Concat(command.Options.Concat(root.Options).Select(option => option.Name));
        var nearest = parsed.UnmatchedTokens.Take(1).Select(token => NearestWord.Of(token, words)).FirstOrDefault();
        var help = command == root ? "odoosky --help shows the verbs." : $"odoosky {Path(command)} --help shows examples.";
        return nearest is null ? help : $"Did you mean {nearest}? {help}";
    }

    private static string Path(Command command) =>
        command.Parents.FirstOrDefault() is Command above and not RootCommand ? $"{Path(above)} {command.Name}" : command.Name;

    private static string OneLine(string message) => string.Join(' ', message.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
