using System.Collections.Immutable;
using System.Net;
using System.Text;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>What a proposal says besides its change set.</summary>
/// <param name="FleetSize">How many instances the fleet has.</param>
/// <param name="Guards">What the guards saw.</param>
/// <param name="DesiredFrom">Where the wish was read: source and revision, in words.</param>
/// <param name="NextSteps">What a person can do next, one Markdown line each.</param>
internal sealed record ProposalContext(
    int FleetSize, ImmutableArray<GuardResult> Guards, string DesiredFrom, ImmutableArray<string> NextSteps)
{
    /// <summary>Who merges it, one Markdown line; empty where there is no forge.</summary>
    public string Merging { get; init; } = string.Empty;

    /// <summary>Whether the forge merges it by itself because the settings say so.</summary>
    public bool Automatic { get; init; }

    /// <summary>Instances that differ because somebody edited base, and not the desired state.</summary>
    public ImmutableHashSet<string> EditedOnBase { get; init; } = [];
}

/// <summary>
/// The text of a proposal, in this order: verdict and cost, table, guards, a folded diff per instance, where the wish came
/// from, what to do next, the hidden marker. At most 60,000 characters, cut at section edges.
/// </summary>
internal static class ProposalBody
{
    private const int Longest = 60_000;

    /// <summary>Writes the text.</summary>
    /// <param name="set">The change set.</param>
    /// <param name="context">What else it says.</param>
    /// <returns>Markdown.</returns>
    public static string Of(ChangeSet set, ProposalContext context)
    {
        var guards = GuardTable(context.Guards) + Notes(set, context);
        var steps = $"\n### What to do next\n\n{string.Join('\n', context.NextSteps)}\n\n{(ProposalMarker.Of(set) with { Automatic = context.Automatic }).Text}\n";
        var room = Longest - guards.Length - steps.Length - 500;
        var table = Table(set, room / 2);
        var origin = Origin(set, context, (room - table.Length) / 3);
        return $"{Verdict(set, context)}\n\n{table}\n{guards}\n{Diffs(set, room - table.Length - origin.Length)}\n{origin}{steps}";
    }

    private static string Verdict(ChangeSet set, ProposalContext context)
    {
        var restarts = set.Changes.Count(change => change.Forecast.Restart is Restart.Yes or Restart.AuditOnly);
        var unknown = set.Changes.Count(change => change.Forecast.Restart == Restart.Unknown);
        var retired = set.Changes.Count(change => change.Action == ChangeAction.Retire);
        var cost = restarts == 0 && unknown == 0
            ? "**restarts nothing**"
            : $"**restarts {restarts} of {PlanWords.Count(context.FleetSize, "instance")}**"
              + (unknown == 0 ? string.Empty : $", and {unknown} more may restart");
        var end = retired == 0 ? string.Empty : $", and **{PlanWords.Count(retired, "instance")} {(retired == 1 ? "stops" : "stop")} for good**";
        return $"Changes {PlanWords.Count(set.Changes.Length, "overlay")}; merging it {cost}{end}.";
    }

    private static string Table(ChangeSet set, int room) =>
        "| instance | change | from → to | restarts? | hash before → after |\n|---|---|---|---|---|\n"
        + Fitting(set.Changes, Row, room, cut => $"\nThe table is cut here: {PlanWords.Count(cut, "more instance")} can be read in the commits.\n");

    // Whole parts only, so that neither a row nor a block is left open.
    private static string Fitting(ImmutableArray<OverlayChange> changes, Func<OverlayChange, string> write, int room, Func<int, string> rest)
    {
        var text = new StringBuilder();
        for (var i = 0; i < changes.Length; i++)
        {
            var part = write(changes[i]);
            if (text.Length + part.Length > room) return text.Append(rest(changes.Length - i)).ToString();
            text.Append(part);
        }

        return text.ToString();
    }

    private static string Row(OverlayChange change)
    {
        var steps = change.Steps.Take(12).Select(step => Markdown.Code(PlanWords.Step(step)));
        var more = change.Steps.Length > 12 ? $"<br>and {change.Steps.Length - 12} more" : string.Empty;
        return $"| `{change.Code}` | {PlanWords.Word(change.Action)} | {string.Join("<br>", steps)}{more} | {PlanWords.Word(change.Forecast.Restart)}"
            + $" | {change.HashBefore ?? "none"} → {change.HashAfter ?? "none"} |\n";
    }

    private static string GuardTable(ImmutableArray<GuardResult> guards)
    {
        var text = new StringBuilder("Guards: ");
        text.AppendJoin(", ", guards.Select(guard => guard switch
        {
            { Allowed: < 0 } => $"{guard.Rule} {guard.Count} (fleet too small for a limit)",
            { Passed: true } => $"{guard.Rule} {guard.Count} of {guard.Allowed} allowed",
            _ => $"{guard.Rule} {guard.Count}, over {guard.Allowed}, approved by the plan's digest",
        }));
        return text.Append(".\n").ToString();
    }

    private static string Notes(ChangeSet set, ProposalContext context)
    {
        var edited = set.Changes.Where(change => context.EditedOnBase.Contains(change.Code.Text)).Select(change => $"`{change.Code}`").ToList();
        var named = edited.Count == 0
            ? string.Empty
            : $"\nThe desired state has not changed: somebody edited the base branch, and this puts back what is desired ({string.Join(", ", edited.Take(20))}{(edited.Count > 20 ? ", …" : string.Empty)}).\n";
        return named + (context.Merging.Length == 0 ? string.Empty : $"\n{context.Merging}\n");
    }

    private static string Diffs(ChangeSet set, int room) => Fitting(
        set.Changes, Diff, room, cut => $"The text is cut here: {PlanWords.Count(cut, "more diff")} can be read in the commits.\n");

    private static string Diff(OverlayChange change)
    {
        var diff = LineDiff.Unified(Text(change.Before), Text(change.After));
        return $"<details><summary>{change.Code}: <code>{WebUtility.HtmlEncode(change.Path)}</code></summary>\n\n{Markdown.Block("diff", diff)}\n</details>\n";
    }

    private static string Origin(ChangeSet set, ProposalContext context, int room) =>
        $"### Where the desired state came from\n\n{context.DesiredFrom}\n\n"
        + Fitting(set.Changes, Asked, room, cut => $"\nThe list is cut here: {PlanWords.Count(cut, "more instance")} can be read in the commits.\n");

    private static string Asked(OverlayChange change)
    {
        var request = change.Request;
        string[] parts = [Named("requested by", request.RequestedBy), Named("reason", request.Reason), Named("ticket", request.Ticket)];
        return $"- `{change.Code}`: {string.Join("; ", parts.Where(part => part.Length > 0).DefaultIfEmpty("nobody is named"))}\n";
    }

    private static string Named(string what, string text) => text.Length == 0 ? string.Empty : $"{what} {Markdown.Code(text)}";

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is null ? string.Empty : Encoding.UTF8.GetString(bytes.Value.Span);
}
