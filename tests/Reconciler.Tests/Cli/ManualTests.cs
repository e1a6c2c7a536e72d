using System.Collections.Immutable;
using System.CommandLine;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Cli;

/// <summary>Each verb's help is a page of a manual: whole, short, and true.</summary>
public sealed partial class ManualTests : IDisposable
{
    private const int Narrow = 80;

    // One command of an example; what the shell does with its output is the shell's.
    private static readonly string[] ShellJoints = [" && ", " | ", " > ", " >> ", " < "];

    private readonly Prompt prompt = new() { Width = Narrow };

    /// <summary>The words of each verb that people see; empty for the program itself.</summary>
    public static TheoryData<string> Paths => ["", .. Below(Tree())];

    public void Dispose() => prompt.Dispose();

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_is_a_page_with_all_its_parts_that_fits_a_screen(string path)
    {
        string[] words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ran = await prompt.RunAsync([.. words, "--help"]);

        var lines = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((0, string.Empty), (ran.Exit, ran.Messages));
        Assert.Equal("Examples:", lines[0]);
        Assert.Matches($@"^  (\./)?odoosky {path}", lines[1]);
        foreach (var part in path.Length == 0 ? (string[])["Description:", "Usage:", "Options:", "Commands:"] : ["Description:", "Usage:", "Options:", "Exit codes:", "See also:"]) Assert.Contains(part, lines);
        Assert.Equal("Read on: docs/ in the repository; odoosky help exit-codes lists the exit codes.", lines[^1]);
        Assert.InRange(lines.Length, 5, 60);
        Assert.All(lines, line => Assert.True(line.Length <= Narrow || !line.Trim().Contains(' ', StringComparison.Ordinal), $"{line.Length} columns: {line}"));
        Assert.Equal(ran.Output, (await prompt.RunAsync([.. words, "-h"])).Output);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_example_is_a_command_line_of_the_program(string path)
    {
        var root = Tree();
        foreach (var example in Examples(root, path))
        foreach (var command in Comment().Replace(example, string.Empty).Split(ShellJoints, StringSplitOptions.TrimEntries).Where(part => part.TrimStart('.', '/').StartsWith("odoosky ", StringComparison.Ordinal)))
        {
            // What only the clone's program takes is the sandbox's.
            if (command.StartsWith("./", StringComparison.Ordinal)) continue;
            Assert.Equal((command, string.Empty), (command, string.Join(' ', root.Parse(command["odoosky ".Length..]).Errors.Select(error => error.Message))));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_page_names_pages_that_are_there_and_the_exit_codes_of_every_verb(string path)
    {
        if (path.Length == 0) return;
        var page = Manual.Of(path)!;

        Assert.True(File.Exists(Path.Combine(ExampleRepo.Sources, "docs", page.Read.Split('#')[0])), page.Read);
        Assert.Superset(new HashSet<ExitCode> { ExitCode.Ok, ExitCode.Error, ExitCode.Interrupted }, page.Codes.ToHashSet());
        Assert.Equal(page.Codes.Order(), page.Codes);
        Assert.EndsWith(".", page.More, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_verb_is_said_in_one_line_of_the_list() =>
        Assert.All(Tree().Subcommands.Where(verb => !verb.Hidden), verb => Assert.InRange(Briefs.Of(verb.Name)?.Length ?? 0, 10, 44));

    [Fact]
    public void Only_verbs_with_that_option_exit_with_2()
    {
        var root = Tree();
        foreach (var path in Below(root))
            Assert.Equal((path, Find(root, path).Options.Any(option => option.Name == "--detailed-exitcode")), (path, Manual.Of(path)!.Codes.Contains(ExitCode.Changes)));
    }

    private static IReadOnlyList<string> Examples(RootCommand root, string path) => path.Length == 0 ? HelpText.RootExamples : ((Verb)Find(root, path)).Examples;

    private static Command Find(Command above, string path) => path.Split(' ').Aggregate(above, (at, name) => at.Subcommands.Single(verb => verb.Name == name));

    private static IEnumerable<string> Below(Command above) => above.Subcommands.Where(verb => !verb.Hidden).SelectMany(verb => (IEnumerable<string>)[Manual.PathOf(verb), .. Below(verb)]);

    private static RootCommand Tree() => CommandLine.Root(new Surroundings(
        new Terminal(TextWriter.Null, TextWriter.Null, (false, false)), ImmutableSortedDictionary<string, string>.Empty, Path.GetTempPath(), Stream.Null, TimeProvider.System));

    [GeneratedRegex(@" {3,}.*$")]
    private static partial Regex Comment();
}
