using System.Collections.Immutable;
using System.CommandLine;
using System.Text.RegularExpressions;
using OdooSky.GitOps.Reconciler.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Docs;

/// <summary>Every command that the pages show is one that the program has.</summary>
public sealed partial class DocCommandsTests
{
    // The demo is the sandbox's; its options are not in the program's tree.
    private static readonly ImmutableArray<string> DemoOptions = ["--folder", "--github"];

    private static readonly ImmutableArray<Command> Tree = [.. Verbs.All(Anywhere())];

    private static readonly ImmutableHashSet<string> Everywhere =
        [.. Names([CommonOptions.Output, CommonOptions.NoColor]), "--help", "-h", "--version"];

    [Fact]
    public void Each_verb_and_option_that_a_page_shows_is_there()
    {
        var shown = DocPage.All.SelectMany(page => page.Code().SelectMany(Commands).Select(command => (page.Path, Command: command))).ToList();

        Assert.True(shown.Count > 40, "The pages show hardly any command: is the search broken?");
        Assert.Empty(shown.SelectMany(each => Faults(each.Command).Select(fault => $"{each.Path}: {fault}")));
    }

    [Fact]
    public void Each_verb_and_option_of_the_program_is_in_the_reference()
    {
        var page = DocPage.Of("docs/reference/command-line.md");
        var text = string.Join('\n', page.Lines);
        foreach (var verb in Tree.SelectMany(verb => verb.Subcommands.Any() ? verb.Subcommands.Select(below => $"{verb.Name} {below.Name}") : [verb.Name]))
            Assert.Contains(page.Lines, line => line == $"## {verb}" || line.StartsWith($"## {verb} ", StringComparison.Ordinal));
        foreach (var option in Tree.SelectMany(verb => verb.Options.Concat(verb.Subcommands.SelectMany(below => below.Options))))
            Assert.Matches($@"\| `[^`]*{Regex.Escape(option.Name)}[ `,]", text);
    }

    private static IEnumerable<string> Commands(string code) =>
        Invocation().Matches(code).Select(match => match.Groups[1].Value.Trim());

    private static IEnumerable<string> Faults(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Tree.FirstOrDefault(verb => verb.Name == words[0]) is not { } verb) return [$"odoosky {command}: there is no such verb"];
        var below = words.Length > 1 ? verb.Subcommands.FirstOrDefault(sub => sub.Name == words[1]) : null;
        var known = Names((below ?? verb).Options).Concat(Everywhere).Concat(verb.Name == "demo" ? DemoOptions : []).ToHashSet(StringComparer.Ordinal);
        return words.Skip(1).Select(word => word.Split('=')[0]).Where(word => word.Length > 1 && word[0] == '-' && !known.Contains(word))
            .Select(word => $"odoosky {command}: there is no option {word}");
    }

    private static IEnumerable<string> Names(IEnumerable<Option> options) => options.SelectMany(option => option.Aliases.Append(option.Name));

    private static Surroundings Anywhere() => new(
        new Terminal(TextWriter.Null, TextWriter.Null, (false, false)),
        ImmutableSortedDictionary<string, string>.Empty,
        Path.GetTempPath(),
        Stream.Null,
        TimeProvider.System);

    // A verb is in lower case; the command ends where the next word of the shell begins, or a comment of two blanks or more. /odoosky is a word in
    // a comment on GitHub, ./odoosky the program.
    [GeneratedRegex(@"(?<![\w.])(?<!(?<!\.)/)odoosky ([a-z][^|&;<>()]*?)(?=$|[|&;<>()]| {2,})")]
    private static partial Regex Invocation();
}
