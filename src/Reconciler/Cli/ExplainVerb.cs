using System.CommandLine;
using System.Globalization;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky explain</c>: the decisions about an instance, a pull request or a restart, with what each rests on.</summary>
internal static class ExplainVerb
{
    private const string RestartWord = "restart";

    private static readonly Argument<string> What = new("WHAT") { Description = "an instance's code, a pull request's number, or: restart" };

    private static readonly Argument<string?> Code = new("CODE") { Description = "behind restart, the instance's code", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "explain",
            "Explain an instance, a pull request or a restart: each decision in order, with what it rests on. Writes nothing.",
            "odoosky explain acme                        what is desired, planned, decided, merged and live, and why",
            "odoosky explain 12                          why this pull request, and what became of it",
            "odoosky explain restart acme                why its pod restarted") { What, Code };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, open => RunAsync(parsed, new Explanation(open), surroundings.Terminal, cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, Explanation explanation, Terminal terminal, CancellationToken cancellationToken)
    {
        var (what, code) = (parsed.GetRequiredValue(What), parsed.GetValue(Code));
        if (what == RestartWord && InstanceCode.TryParse(code) is { } restarted)
            return Print(await explanation.OfRestartAsync(restarted, cancellationToken), code!, terminal);
        if (code is not null) return Refuse(what == RestartWord ? code : $"{what} {code}", terminal);
        if (long.TryParse(what.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Print(await explanation.OfPullRequestAsync(number, cancellationToken), $"pull request #{number}", terminal);
        return InstanceCode.TryParse(what) is { } instance ? Print(await explanation.OfInstanceAsync(instance, cancellationToken), what, terminal) : Refuse(what, terminal);
    }

    private static ExitCode Print(Trace? trace, string what, Terminal terminal)
    {
        if (trace is not null) return trace.Print(terminal);
        terminal.Fail("OSG0802", $"Nobody knows {what} here: there is no such desired instance, overlay or proposal, and the history names none.");
        return ExitCode.Error;
    }

    private static ExitCode Refuse(string what, Terminal terminal)
    {
        terminal.Fail("OSG0001", $"{what} is neither an instance's code nor a pull request's number; for a restart, write: odoosky explain restart CODE");
        return ExitCode.Error;
    }
}
