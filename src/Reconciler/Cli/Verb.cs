using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What a verb runs with: where it prints, and what the process gives it.</summary>
/// <param name="Terminal">Where data and messages go.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="Folder">The folder that relative paths start from.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Time">The clock.</param>
internal sealed record Surroundings(
    Terminal Terminal, ImmutableSortedDictionary<string, string> Environment, string Folder, Stream Input, TimeProvider Time)
{
    /// <summary>The process's environment.</summary>
    /// <returns>Value by name.</returns>
    public static ImmutableSortedDictionary<string, string> OfProcess() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToImmutableSortedDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty, StringComparer.Ordinal);

    /// <summary>A path that a person gave, from their folder.</summary>
    /// <param name="path">Relative or absolute.</param>
    /// <returns>An absolute path.</returns>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);
}

/// <summary>A verb of the command line with its examples.</summary>
internal sealed class Verb : Command
{
    /// <summary>A verb.</summary>
    /// <param name="name">What people type.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="examples">Commands that work, with a comment each.</param>
    public Verb(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description) => Examples = examples;

    /// <summary>Shown first in the verb's help.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether it prints a page with <c>-o html</c>, too.</summary>
    public bool PrintsPages { get; init; }

    /// <summary>What the verb does.</summary>
    /// <param name="run">Gives the exit code.</param>
    public void Does(Func<ParseResult, CancellationToken, Task<ExitCode>> run) =>
        SetAction(async (parsed, cancellationToken) => (int)await run(parsed, cancellationToken));
}
