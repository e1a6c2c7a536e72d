using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Passes;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A plan for people: one block per instance that is not simply unchanged, then the sums.</summary>
/// <param name="terminal">Where it is printed.</param>
internal sealed class PlanPrinter(Terminal terminal)
{
    /// <summary>Prints a plan.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="all">Whether unchanged instances are listed too.</param>
    /// <param name="diff">Whether each change shows its lines.</param>
    public void Print(PlannedPass planned, bool all, bool diff)
    {
        terminal.Print($"Target {planned.Target}: base {planned.BaseBranch} at {Short(planned.BaseCommit)}, desired state from {planned.DesiredFrom}");
        terminal.Print(string.Empty);
        var listed = planned.Plan.Instances.Where(change => all || change.Action != ChangeAction.Unchanged).ToList();
        var width = listed.Count == 0 ? 0 : listed.Max(change => change.Code.Text.Length);
        foreach (var change in listed) Instance(change, width, diff);
        if (listed.Count > 0) terminal.Print(string.Empty);
        Sums(planned);
    }

    /// <summary>Prints problems to stderr: as compilers do, or as JSON lines where data is JSON too.</summary>
    /// <param name="problems">The problems, in order.</param>
    public void Problems(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            if (terminal.IsForPrograms)
                terminal.SayJsonLine(new JsonObject { [problem.Severity == Severity.Error ? "error" : "warning"] = PlanJson.Problem(problem) });
            else terminal.Say(problem.ToString(), problem.Severity == Severity.Error ? "red" : "yellow");
        }
    }

    private void Instance(OverlayChange change, int width, bool diff)
    {
        var (sign, colour) = Sign(change.Action);
        var head = $"{sign} {change.Code.Text.PadRight(width)}  {PlanWords.Word(change.Action),-9}  restarts: {PlanWords.Word(change.Forecast.Restart),-10}";
        terminal.Print($"{head}  {Hashes(change)}".TrimEnd(), colour);
        terminal.Print($"    {change.Sentence}");
        if (change.HeldBecause is not null) terminal.Print($"    held: {change.HeldBecause}");
        foreach (var container in change.Forecast.InitContainers)
            terminal.Print($"    init container {container.Name}: {container.Before ?? "(none)"} → {container.After ?? "(none)"}");
        if (!diff || !change.Writes) return;
        foreach (var line in LineDiff.Unified(Text(change.Before), Text(change.After)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            terminal.PrintExactly("    " + line, line[0] switch { '+' => "green", '-' => "red", _ => "grey" });
    }

    private void Sums(PlannedPass planned)
    {
        var plan = planned.Plan;
        int restarts = plan.Changes.Count(change => change.Forecast.Restart != Restart.No);
        int audit = plan.Changes.Count(change => change.Forecast.Restart == Restart.AuditOnly);
        terminal.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"Plan: {plan.Count(ChangeAction.Create)} to create, {plan.Count(ChangeAction.Update)} to update, {plan.Count(ChangeAction.Retire)} to retire; "
            + $"{plan.Count(ChangeAction.Unchanged)} unchanged, {plan.Count(ChangeAction.Suspended)} suspended, "
            + $"{plan.Count(ChangeAction.Orphaned)} orphaned, {plan.Count(ChangeAction.Stopped)} stopped."));
        var note = audit == 0 ? string.Empty : $" ({audit} for audit only)";
        terminal.Print($"Restarts: {restarts} of {PlanWords.Count(plan.FleetSize, "instance")}{note}.");
        if (plan.Changes.Any()) terminal.Print($"Plan digest: {plan.Digest}");
        foreach (var refused in planned.Decided.Held) terminal.Print($"Not proposed: {refused.Code}: {refused.Reason}");
        if (planned.Held is { } held)
            terminal.Print($"Held by a guard: {held.Reason}. To let it pass: odoosky apply --approve {held.PlanDigest[..12]}");
    }

    private static string Hashes(OverlayChange change) => change.Action switch
    {
        ChangeAction.Create => $"{"(none)",16} → {change.HashAfter}",
        ChangeAction.Update => $"{change.HashBefore} → {change.HashAfter}",
        ChangeAction.Retire => $"{change.HashBefore} → (none)",
        _ => change.HashBefore ?? string.Empty,
    };

    private static (char Sign, string Colour) Sign(ChangeAction action) => action switch
    {
        ChangeAction.Create => ('+', "green"),
        ChangeAction.Update => ('~', "yellow"),
        ChangeAction.Retire => ('-', "red"),
        ChangeAction.Orphaned => ('?', "blue"),
        ChangeAction.Suspended => ('=', "blue"),
        ChangeAction.Stopped => ('!', "red"),
        _ => (' ', "default"),
    };

    private static string Short(string commit) => commit.Length > 12 ? commit[..12] : commit;

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is null ? string.Empty : Encoding.UTF8.GetString(bytes.Value.Span);
}
