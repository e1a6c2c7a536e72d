using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>The whole fleet at a time.</summary>
internal static class FleetPrinter
{
    /// <summary>Prints it.</summary>
    /// <param name="moment">The fleet.</param>
    /// <param name="terminal">Where.</param>
    /// <returns>Ok.</returns>
    public static ExitCode Print(FleetMoment moment, Terminal terminal)
    {
        if (!moment.HasNotes) terminal.Say(AuditWords.NoNotes);
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject
            {
                ["at"] = UtcTime.Write(moment.At),
                ["commit"] = moment.Commit?.Text,
                ["instances"] = new JsonArray([.. moment.Members.Select(Data)]),
                ["notes"] = moment.HasNotes,
            });
            return ExitCode.Ok;
        }

        terminal.Print($"The fleet at {UtcTime.Write(moment.At)}: {PlanWords.Count(moment.Members.Length, "instance")}{(moment.Commit is { } commit ? $", base at {commit.Text[..12]}" : string.Empty)}");
        var width = moment.Members.Select(member => member.Code.Text.Length).DefaultIfEmpty().Max();
        foreach (var member in moment.Members)
            terminal.Print($"{member.Code.Text.PadRight(width)}  hash {member.Hash ?? "of the chart's default",-16}  {PlanWords.Count(member.Addons, "addon"),-10}  {Live(member, moment.HasNotes)}");
        return ExitCode.Ok;
    }

    private static string Live(FleetMember member, bool hasNotes) => member.Live is { } live
        ? $"{(live.Note.HashAfter is null || live.Note.HashAfter == member.Hash ? "live" : $"still hash {live.Note.HashAfter} live")} since {UtcTime.Write(live.Note.At)}, by {live.Commit.Text[..12]}"
        : hasNotes ? "not proven live by then" : "not known";

    private static JsonObject Data(FleetMember member) => new()
    {
        ["instance"] = member.Code.Text,
        ["overlay"] = member.Overlay.Text,
        ["hash"] = member.Hash,
        ["addons"] = member.Addons,
        ["liveCommit"] = member.Live?.Commit.Text,
        ["liveHash"] = member.Live?.Note.HashAfter,
        ["liveAt"] = member.Live is { } live ? UtcTime.Write(live.Note.At) : null,
    };
}
