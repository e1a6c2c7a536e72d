using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Cluster;
using OdooSky.GitOps.Reconciler.Proof;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky verify</c>: is what was merged live?</summary>
internal static class VerifyVerb
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly Argument<InstanceCode[]> Codes = new("CODE")
    {
        Description = "instances; none named: all", Arity = ArgumentArity.ZeroOrMore, CustomParser = ReadCodes,
    };

    private static readonly Option<bool> Wait = new("--wait") { Description = "wait until all are live, or have failed" };
    private static readonly Option<TimeSpan> Timeout = new("--timeout")
    {
        Description = "how long to wait at most, 1s to 1d", HelpName = "TIME", CustomParser = ReadTimeout, DefaultValueFactory = _ => TimeSpan.FromMinutes(15),
    };

    private static readonly Option<bool> NoNotes = new("--no-notes") { Description = "write down nothing: no notes, comments and commit statuses" };
    private static readonly Option<bool> Evidence = new("--evidence") { Description = "print what each verdict rests on, of those that are live too" };
    private static readonly Option<bool> All = new("--all") { Description = "list all that are live too, however many there are" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var verb = new Verb(
            "verify",
            "Prove from the cluster that what was merged is live, instance by instance, or say why not and what to do.",
            "odoosky verify                              every instance, once",
            "odoosky verify acme --wait                  until it is live, at most 15 minutes",
            "odoosky verify acme --evidence              with what the verdict rests on",
            "odoosky verify --wait --timeout 1h -o json");
        foreach (var option in (Option[])[Wait, Timeout, NoNotes, Evidence, All]) verb.Add(option);
        verb.Add(Codes);
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithClustersAsync(
            parsed, surroundings, (open, rollouts) => RunAsync(parsed, surroundings, (open, rollouts), cancellationToken), cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(
        ParseResult parsed, Surroundings surroundings, (OpenTarget Open, IRollouts Rollouts) at, CancellationToken cancellationToken)
    {
        var (terminal, verification) = (surroundings.Terminal, at.Open.Verify(at.Rollouts));
        ImmutableArray<InstanceCode> codes = [.. parsed.GetValue(Codes) ?? []];
        var inTime = true;
        if (parsed.GetValue(Wait)) inTime = await WaitProgress.RunAsync(terminal, verification, codes, parsed.GetValue(Timeout), cancellationToken);
        else await verification.OnceAsync(codes, cancellationToken);
        var proof = verification.Proof;
        if (!proof.IsSeen)
        {
            terminal.Fail(ClusterCodes.Unread, $"no cluster answered within {Duration.Write(parsed.GetValue(Timeout))}; try again with a longer --timeout, or see odoosky doctor.");
            return ExitCode.Timeout;
        }

        new ProofPrinter(terminal).Print(proof, parsed.GetValue(All) || !codes.IsEmpty, parsed.GetValue(Evidence));
        var unread = Unread(terminal, proof.Reading);
        if (unread == ExitCode.Ok && !parsed.GetValue(NoNotes)) await TellAsync(terminal, at.Open, verification, cancellationToken);
        foreach (var stranger in proof.Merged.Strangers)
            terminal.Fail(ProofCodes.NoOverlay, $"{stranger} has no overlay on the base branch, and never had one. odoosky plan --all lists the instances.");
        return ExitCodes.Worst([Exit(proof, inTime), proof.Merged.Strangers.IsEmpty ? ExitCode.Ok : ExitCode.Error, unread]);
    }

    // A clone that may not be pushed to can be verified all the same.
    private static async Task TellAsync(Terminal terminal, OpenTarget open, Verification seen, CancellationToken cancellationToken)
    {
        foreach (var refused in await open.Telling.TellAsync(seen.Proof, seen.Rollouts, cancellationToken))
            terminal.Fail(ProofCodes.NotWritten, $"the verdicts stand above, and could not be written down: {refused} --no-notes leaves that out.");
    }

    private static ExitCode Exit(FleetProof proof, bool inTime)
    {
        var ends = proof.All.Select(each => ProofEnds.Of(each.Verdict)).ToHashSet();
        return ExitCodes.Worst(
        [
            ends.Contains(ProofEnd.Missed) ? ExitCode.Partly : ExitCode.Ok,
            ends.Contains(ProofEnd.UnderWay) || !inTime ? ExitCode.Timeout : ExitCode.Ok,
        ]);
    }

    /// <summary>Says once that a cluster can't be read.</summary>
    /// <returns>4 when it does not accept the credentials, 1 when it can't be reached; a missing right is told by the verdicts that it spoils.</returns>
    internal static ExitCode Unread(Terminal terminal, FleetReading reading)
    {
        var troubles = reading.Clusters.Values.SelectMany(cluster => cluster.Troubles).Where(trouble => trouble.Cause != TroubleCause.Right).DistinctBy(trouble => trouble.Words, StringComparer.Ordinal).ToList();
        foreach (var (words, _) in troubles.Take(5)) terminal.Fail(ClusterCodes.Unread, words);
        return ExitCodes.Worst(troubles.Select(trouble => trouble.Cause == TroubleCause.Credentials ? ExitCode.Credentials : ExitCode.Error));
    }

    private static InstanceCode[] ReadCodes(ArgumentResult result)
    {
        var codes = new List<InstanceCode>();
        foreach (var token in result.Tokens)
            if (InstanceCode.TryParse(token.Value) is { } code) codes.Add(code);
            else result.AddError($"{token.Value} is no instance code.");
        return [.. codes.Distinct()];
    }

    private static TimeSpan ReadTimeout(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (Duration.TryParse(text) is { } time && time > TimeSpan.Zero && time <= Longest) return time;
        result.AddError($"{text} is no time from 1s to 1d; write 30s, 5m or 1h30m.");
        return default;
    }
}
