using System.CommandLine;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky pr</c>: the proposals as they stand, and taking a "no" back.</summary>
internal static class PullRequestVerb
{
    private const string Ignored = "from another repository, whatever its branch is called: ignored";

    private static readonly Argument<string> Code = new("CODE") { Description = "the instance whose declined change may be proposed again" };

    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings) =>
        new("pr", "Look at proposals, and take a declined one back.", "odoosky pr list", "odoosky pr reopen acme") { List(surroundings), Reopen(surroundings) };

    private static Verb List(Surroundings surroundings)
    {
        var list = new Verb("list", "List proposals with what the next pass would do, and changes that are not proposed: declined, reverted, waiting.", "odoosky pr list");
        CommonOptions.AddRepository(list);
        list.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(surroundings.Terminal, await open.Run.PlanAsync(new PassRequest(null, []), cancellationToken)),
            cancellationToken));
        return list;
    }

    private static Verb Reopen(Surroundings surroundings)
    {
        var reopen = new Verb("reopen", "Take a declined change back: the next pass proposes it again, if it is still desired.", "odoosky pr reopen acme") { Code };
        CommonOptions.AddRepository(reopen);
        reopen.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed, surroundings, open => ReopenAsync(surroundings.Terminal, open, parsed.GetRequiredValue(Code), cancellationToken), cancellationToken));
        return reopen;
    }

    private static async Task<ExitCode> ReopenAsync(Terminal terminal, OpenTarget open, string code, CancellationToken cancellationToken)
    {
        var taken = await open.Reopening.ReopenAsync(code, cancellationToken);
        foreach (var proposal in taken) terminal.Print($"reopened   {code}  {proposal.Location}");
        if (!taken.IsEmpty) return ExitCode.Ok;
        terminal.Fail("OSG0702", $"No change of {code} was declined. odoosky pr list shows those that were.");
        return ExitCode.Error;
    }

    private static ExitCode Print(Terminal terminal, PlannedPass planned)
    {
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject
            {
                ["pullRequests"] = new JsonArray([.. planned.Decided.Decisions.Select(decision => DecisionWords.Data(decision))]),
                ["refused"] = new JsonArray([.. planned.Decided.Held.Select(DecisionWords.Data)]),
                ["foreign"] = new JsonArray([.. Foreign(planned).Select(DecisionWords.Data)]),
            });
            return PlanVerb.Exit(planned, detailed: false);
        }

        List<(string Word, string Name, string? Location, string Why)> lines =
        [
            .. planned.Decided.Decisions.Select(decision => (DecisionWords.Of(decision), decision.Branch, decision.Facts.Open?.Location, Why(decision))),
            .. planned.Decided.Held.Select(held => (DecisionWords.Of(held.Kind), held.Code, held.Proposal?.Location, held.Reason)),
            .. Foreign(planned).Select(foreign => ("foreign", foreign.Branch, (string?)foreign.Location, Ignored)),
        ];
        var names = lines.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        var places = lines.Select(line => line.Location?.Length ?? 0).DefaultIfEmpty().Max();
        foreach (var (word, name, location, why) in lines)
            terminal.Print($"{word,-11}  {name.PadRight(names)}  {(location ?? string.Empty).PadRight(places)}  {why}".TrimEnd());
        if (planned.Decided is { Decisions.IsEmpty: true, Held.IsEmpty: true }) terminal.Say("There are no proposals, and nothing to propose.");
        return PlanVerb.Exit(planned, detailed: false);
    }

    private static string Why(Decision decision) => decision is Decision.LeaveAlone ? "waits for people" : DecisionWords.Because(decision);

    private static IEnumerable<Proposal> Foreign(PlannedPass planned) => planned.Decided.Proposals.Where(proposal => proposal is { State: ProposalState.Open, IsForeign: true });
}
