using System.CommandLine;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A word that may stand where the person is typing.</summary>
/// <param name="Text">The word.</param>
/// <param name="Note">What it is, in one line; empty for names of the user's own.</param>
internal sealed record CompletedWord(string Text, string Note = "");

/// <summary>Finds the words that may stand next on a command line.</summary>
/// <param name="names">Reads names of the user's own: asked with <c>CODE</c> or <c>NAME</c>, the words that stand for values in help.</param>
internal sealed class WordCompletion(Func<string, Task<IEnumerable<string>>> names)
{
    /// <summary>Finds them.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="words">What stands behind the program's name; the last one is being typed, and may be empty.</param>
    /// <returns>The words that begin like the last one; none where a file or anything may stand.</returns>
    public async Task<IEnumerable<CompletedWord>> OfAsync(Command root, IReadOnlyList<string> words)
    {
        // bash cuts --helm=3 into three words.
        var parts = words.Where(word => word != "=").Concat(words is [.., "="] ? [""] : []).ToList();
        if (parts.Count == 0) parts.Add("");
        var (typed, given) = (parts[^1], parts[..^1]);
        var (command, open) = Walk(root, given);
        if (open is not null) return Begin(typed, await ValuesAsync(open.HelpName ?? ""));
        if (typed.StartsWith("--", StringComparison.Ordinal) && typed.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign)
            return await JoinedAsync(root, command, typed[..sign], typed[(sign + 1)..]);
        if (typed.StartsWith('-')) return Begin(typed, Options(root, command).Where(option => !IsGiven(option, given)).Select(option => new CompletedWord(option.Name, option.Description ?? "")));
        if (command.Subcommands.Any(below => !below.Hidden))
            return Begin(typed, command.Subcommands.Where(below => !below.Hidden).Select(below => new CompletedWord(below.Name, below.Description ?? "")));
        return command.Arguments.Count > 0 ? Begin(typed, await ValuesAsync(command.Arguments[0])) : [];
    }

    // The command that the words lead to, and the option whose value is typed next.
    private static (Command Command, Option? Open) Walk(Command root, List<string> given)
    {
        var (command, open) = (root, (Option?)null);
        foreach (var word in given)
        {
            if (open is not null) open = null;
            else if (word.StartsWith('-')) open = Options(root, command).FirstOrDefault(option => (option.Name == word || option.Aliases.Contains(word)) && TakesValue(option));
            else command = command.Subcommands.FirstOrDefault(below => below.Name == word) ?? command;
        }

        return (command, open);
    }

    private async Task<IEnumerable<CompletedWord>> JoinedAsync(Command root, Command command, string name, string typed) =>
        Options(root, command).FirstOrDefault(option => option.Name == name && TakesValue(option)) is { } option
            ? Begin(typed, await ValuesAsync(option.HelpName ?? "")).Select(word => word with { Text = $"{name}={word.Text}" })
            : [];

    private async Task<IEnumerable<CompletedWord>> ValuesAsync(Argument argument)
    {
        var listed = argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => new CompletedWord(item.Label)).ToList();
        return listed.Count > 0 ? listed : await ValuesAsync(argument.Name);
    }

    // Help says which values there are: text|json|yaml. FILE and DIR are the shell's business.
    private async Task<IEnumerable<CompletedWord>> ValuesAsync(string shown) =>
        shown.Contains('|', StringComparison.Ordinal) ? shown.Split('|').Select(value => new CompletedWord(value))
        : shown is "CODE" or "NAME" ? (await names(shown)).Select(name => new CompletedWord(name))
        : [];

    private static IEnumerable<Option> Options(Command root, Command command) =>
        command.Options.Concat(root.Options.Where(option => option.Recursive && !command.Options.Contains(option))).Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal));

    private static bool TakesValue(Option option) => option.Arity.MinimumNumberOfValues > 0;

    private static bool IsGiven(Option option, List<string> given) => option.Arity.MaximumNumberOfValues <= 1 && given.Exists(word => word == option.Name || option.Aliases.Contains(word));

    private static IEnumerable<CompletedWord> Begin(string typed, IEnumerable<CompletedWord> words) =>
        words.Where(word => word.Text.StartsWith(typed, StringComparison.Ordinal)).OrderBy(word => word.Text, StringComparer.Ordinal);
}
