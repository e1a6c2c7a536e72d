using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What a verb's help says besides its options.</summary>
/// <param name="More">One sentence or two behind the verb's first one.</param>
/// <param name="Read">The page of <c>docs/</c> that tells more.</param>
/// <param name="Codes">The exit codes that the verb can give.</param>
internal sealed record ManualPage(string More, string Read, ImmutableArray<ExitCode> Codes)
{
    /// <summary>The exit codes with a word each.</summary>
    public IEnumerable<string> ExitCodes => Codes.Select(code => $"{(int)code,-3}  {Word(code)}");

    /// <summary>Where more is told.</summary>
    public string SeeAlso => $"docs/reference/command-line.md, docs/{Read}";

    private static string Word(ExitCode code) => code switch
    {
        ExitCode.Ok => "all is well",
        ExitCode.Changes => "changes or drift (with --detailed-exitcode)",
        ExitCode.Held => "held by a guard",
        ExitCode.Credentials => "credentials are missing or refused",
        ExitCode.Timeout => "a wait reached its limit",
        ExitCode.Partly => "partly: some instances or branches have problems",
        ExitCode.Interrupted => "interrupted",
        _ => "an error",
    };
}
