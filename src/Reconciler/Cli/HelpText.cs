using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Help that begins with examples and ends with where to read on.</summary>
/// <param name="usual">The usual help.</param>
/// <param name="terminal">Where it is printed.</param>
internal sealed class HelpText(HelpAction usual, Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples =
    [
        "odoosky demo                              see the whole job on a repository made for it",
        "odoosky plan -r ssh://git@git.example/fleet.git   what would change, and what it costs",
        "odoosky hash -f values.yaml --chart charts/instance   the addons hash that Helm renders",
    ];

    /// <summary>Help is shown even where an argument is missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        terminal.Print("Examples:");
        foreach (var example in (command as Verb)?.Examples ?? RootExamples) terminal.Print("  " + example);
        terminal.Print(string.Empty);
        usual.Invoke(parseResult);
        terminal.Print("Read on: docs/ in the repository; odoosky help exit-codes lists the exit codes.");
        return 0;
    }
}
