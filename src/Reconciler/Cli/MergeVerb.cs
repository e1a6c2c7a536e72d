using System.CommandLine;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky merge</c>: merges a proposal into base where there is no forge, for trying things out.</summary>
internal static class MergeVerb
{
    private static readonly Argument<string> Branch = new("BRANCH") { Description = "a branch that apply has pushed, such as odoosky/prod/i-acme" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "merge",
            "Merge a proposed branch into base and delete it. Only for repositories without a forge; elsewhere people merge there.",
            "odoosky merge odoosky/prod/i-acme") { Branch };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(surroundings.Terminal, parsed.GetRequiredValue(Branch), await open.Merging.MergeAsync(parsed.GetRequiredValue(Branch), cancellationToken)),
            cancellationToken));
        return verb;
    }

    private static ExitCode Print(Terminal terminal, string branch, MergeAnswer answer)
    {
        if (answer.Commit is null)
        {
            terminal.Fail("OSG0701", $"{branch} was not merged: {answer.Words}");
            return ExitCode.Error;
        }

        terminal.Print($"merged     {branch} into {answer.BaseName} as {answer.Commit.Text[..12]}{(answer.Words.Length == 0 ? string.Empty : $" ({answer.Words})")}");
        return ExitCode.Ok;
    }
}
