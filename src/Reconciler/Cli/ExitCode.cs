using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>What the program's exit code says.</summary>
internal enum ExitCode
{
    Ok = 0,
    Error = 1,
    Changes = 2,
    Held = 3,
    Credentials = 4,
    Timeout = 5,
    Partly = 6,
    Interrupted = 130,
}

/// <summary>Exit codes in words, and which one wins when several hold.</summary>
internal static class ExitCodes
{
    private static readonly ImmutableArray<ExitCode> Order =
        [ExitCode.Interrupted, ExitCode.Error, ExitCode.Credentials, ExitCode.Held, ExitCode.Partly, ExitCode.Timeout, ExitCode.Changes];

    /// <summary>All codes with what they mean, as <c>odoosky help exit-codes</c> lists them.</summary>
    public static ImmutableArray<(ExitCode Code, string Meaning)> Meanings { get; } =
    [
        (ExitCode.Ok, "all is well"),
        (ExitCode.Error, "an error: nothing was changed, or the message says what was"),
        (ExitCode.Changes, "changes or drift are present (with --detailed-exitcode)"),
        (ExitCode.Held, "held by a guard; an approval of the plan's digest lets it pass"),
        (ExitCode.Credentials, "credentials are missing or refused"),
        (ExitCode.Timeout, "a wait reached its limit"),
        (ExitCode.Partly, "some instances have problems or some branches were refused; the others went on"),
        (ExitCode.Interrupted, "interrupted (Ctrl-C)"),
    ];

    /// <summary>The code that wins.</summary>
    /// <param name="codes">All codes that hold.</param>
    /// <returns>The first of 130, 1, 4, 3, 6, 5, 2 among them, else 0.</returns>
    public static ExitCode Worst(params IEnumerable<ExitCode> codes)
    {
        var holding = codes.ToHashSet();
        return Order.FirstOrDefault(holding.Contains);
    }
}
