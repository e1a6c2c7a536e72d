using System.CommandLine;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Schedule;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>
/// <c>odoosky completion SHELL</c> prints a script that completes; the script asks <c>odoosky complete</c>, at each Tab, so that codes
/// are those of now.
/// </summary>
internal static class CompletionVerb
{
    /// <summary>Makes the verb that prints scripts.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", CompletionScripts.Shells) };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        var verb = new Verb(
            "completion",
            "Print a script that completes verbs, options and instance codes.",
            "odoosky completion bash > ~/.local/share/bash-completion/completions/odoosky",
            "odoosky completion zsh > ~/.zfunc/_odoosky       a folder of $fpath",
            "odoosky completion fish > ~/.config/fish/completions/odoosky.fish",
            "odoosky completion pwsh >> $PROFILE") { shell };
        verb.Does((parsed, _) =>
        {
            surroundings.Terminal.Print(CompletionScripts.Of(parsed.GetRequiredValue(shell)).TrimEnd('\n'));
            return Task.FromResult(ExitCode.Ok);
        });
        return verb;
    }

    /// <summary>Makes the verb that scripts ask: a word a line, with what it is behind a tab.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb, which help does not list.</returns>
    public static Verb MakeAnswer(Surroundings surroundings)
    {
        var words = new Argument<string[]>("WORD") { Description = "what stands behind the program's name; the last one is being typed", Arity = ArgumentArity.ZeroOrMore };
        var verb = new Verb("complete", "Print the words that may stand next; asked by the scripts of completion.", "odoosky complete -- history a") { words };
        verb.Hidden = true;
        verb.Does(async (parsed, cancellationToken) =>
        {
            var typed = parsed.GetValue(words) ?? [];
            var root = parsed.RootCommandResult.Command;
            var completion = new WordCompletion(shown => NamesAsync(shown, root.Parse(Whole(typed)), surroundings, cancellationToken));
            foreach (var word in await completion.OfAsync(root, typed)) surroundings.Terminal.Print(word.Note.Length == 0 ? word.Text : $"{word.Text}\t{word.Note}");
            return ExitCode.Ok;
        });
        return verb;
    }

    // What is typed already, without an option whose value is still to come, and without the signs that bash makes words of.
    private static List<string> Whole(string[] typed) =>
        [.. typed.SkipLast(1).Where(word => word != "=").Reverse().SkipWhile(word => word.StartsWith('-')).Reverse()];

    private static async Task<IEnumerable<string>> NamesAsync(string shown, ParseResult typed, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var choice = Opening.Choice(typed, surroundings);
        if (shown == "NAME") return ServedTargets.Resolve(choice with { Target = null }).Targets.Select(served => served.Target.Name);
        return Hosting.Resolve(choice).Target is { } target
            ? await new CodesAtHand(new GitProgram(surroundings.Time, new GitLimits()), target).ReadAsync(cancellationToken)
            : [];
    }
}
