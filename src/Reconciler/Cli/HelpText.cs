using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>Help as a manual has it: examples first, then what it does, how it is called, its exit codes, and where to read on.</summary>
/// <param name="usual">The usual help.</param>
/// <param name="terminal">Where it is printed.</param>
internal sealed class HelpText(HelpAction usual, Terminal terminal) : SynchronousCommandLineAction
{
    // Longer lines are hard to read, however wide a terminal is.
    private const int Widest = 100;

    /// <summary>The examples of the program itself.</summary>
    public static ImmutableArray<string> RootExamples { get; } =
    [
        "odoosky demo                                see the whole job on a repository made for it",
        "odoosky plan -r ssh://git@git.example/fleet.git   what would change, and what it costs",
        "odoosky hash -f values.yaml --chart charts/instance   the addons hash that Helm renders",
    ];

    /// <summary>Help is shown even where an argument is missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var (columns, page) = (Math.Min(terminal.Width ?? Widest, Widest), Manual.Of(Manual.PathOf(command)));
        Section("Examples", ((command as Verb)?.Examples ?? RootExamples).SelectMany(example => Example(example, columns)), columns);
        Describe(command, page);
        usual.MaxWidth = columns;
        usual.Invoke(parseResult);
        if (page is not null) Section("Exit codes", page.ExitCodes, columns);
        if (page is not null) Section("See also", [page.SeeAlso], columns);
        terminal.Print("Read on: docs/ in the repository; odoosky help exit-codes lists the exit codes.");
        return 0;
    }

    // The tree is made for one command line: its words may become those of the help that is asked for.
    private static void Describe(Command command, ManualPage? page)
    {
        if (page is not null) command.Description = $"{command.Description} {page.More}";
        if (command is not RootCommand) return;
        foreach (var verb in command.Subcommands) verb.Description = Briefs.Of(verb.Name) ?? verb.Description;
    }

    // What does not fit beside a command stands below it.
    private static IEnumerable<string> Example(string example, int columns)
    {
        var gap = example.LastIndexOf("   ", StringComparison.Ordinal);
        if (example.Length + 2 <= columns || gap <= 0) return [example];
        return [example[..gap].TrimEnd(), "    " + example[gap..].Trim()];
    }

    private void Section(string title, IEnumerable<string> lines, int columns)
    {
        terminal.PrintExactly(title + ":");
        foreach (var line in lines.SelectMany(line => LineWrap.At("  " + line, columns))) terminal.PrintExactly(line);
        terminal.PrintExactly(string.Empty);
    }
}
