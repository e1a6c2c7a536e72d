using System.CommandLine;
using System.CommandLine.Help;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Verb to exit code: parses the arguments, runs the verb, and turns what the world does into one message.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What people typed behind <c>odoosky</c>.</param>
    /// <param name="surroundings">Where it prints, and what the process gives it.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var root = Root(surroundings);
        var parsed = root.Parse(arguments);
        surroundings.Terminal.Format = parsed.GetResult(CommonOptions.Output)?.Errors.Any() == true ? OutputFormat.Text : parsed.GetValue(CommonOptions.Output);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText) return Refuse(parsed, root, surroundings.Terminal);
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception failure)
        {
            return (int)Failures.Tell(failure, surroundings, cancellationToken);
        }
    }

    private static RootCommand Root(Surroundings surroundings)
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
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            terminal.Fail("OSG0001", error);
        var words = parsed.CommandResult.Command.Subcommands.Select(verb => verb.Name)
            .Concat(parsed.CommandResult.Command.Options.Concat(root.Options).Select(option => option.Name));
        foreach (var token in parsed.UnmatchedTokens.Take(1))
            if (NearestWord.Of(token, words) is { } nearest)
                terminal.Say($"Did you mean {nearest}?");
        terminal.Say(parsed.CommandResult.Command == root ? "odoosky --help shows the verbs." : $"odoosky {parsed.CommandResult.Command.Name} --help shows examples.");
        return (int)ExitCode.Error;
    }
}
