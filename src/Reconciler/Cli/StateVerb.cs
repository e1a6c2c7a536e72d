using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky state</c>: what held for an instance at a time.</summary>
internal static class StateVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var code = AuditOptions.MaybeCode();
        var at = AuditOptions.Time("--at", "the time (default: now)");
        var verb = new Verb(
            "state",
            "Tell what was desired, merged, and proven live for an instance at a time, or, without a code, for the whole fleet. From commits and notes alone.",
            "odoosky state acme --at 2026-11-20T10:00:00Z",
            "odoosky state acme -o json                  now",
            "odoosky state --at 2026-11-20               every instance") { code, at };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            open => RunAsync(open.Audit, (parsed.GetValue(code), parsed.GetValue(at) ?? surroundings.Time.GetUtcNow()), surroundings.Terminal, cancellationToken),
            cancellationToken));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(AuditTrail audit, (InstanceCode? Code, DateTimeOffset At) asked, Terminal terminal, CancellationToken cancellationToken) =>
        asked.Code is { } code ? Print(await audit.StateAsync(code, asked.At, cancellationToken), terminal) : FleetPrinter.Print(await audit.FleetAsync(asked.At, cancellationToken), terminal);

    private static ExitCode Print(InstanceMoment moment, Terminal terminal)
    {
        if (!moment.HasNotes) terminal.Say(AuditWords.NoNotes);
        if (terminal.Format == OutputFormat.Text) Tell(moment, terminal);
        else terminal.PrintData(new JsonObject
        {
            ["instance"] = moment.Code.Text,
            ["at"] = UtcTime.Write(moment.At),
            ["commit"] = moment.Commit?.Text,
            ["desired"] = moment.Wish?.Text,
            ["merged"] = AuditJson.Of(moment.Merged),
            ["addons"] = new JsonArray([.. moment.Rows.Select(AuditJson.Of)]),
            ["live"] = AuditJson.Of(moment.Live),
            ["notes"] = moment.HasNotes,
        });
        return ExitCode.Ok;
    }

    private static void Tell(InstanceMoment moment, Terminal terminal)
    {
        terminal.Print($"{moment.Code} at {UtcTime.Write(moment.At)}");
        terminal.Print($"desired  {(moment.Wish is { } wish ? $"blob {wish.Text[..12]} at {moment.Commit!.Text[..12]}" : "not known here")}");
        terminal.Print($"merged   {Short(moment.Merged, "no overlay")}{(moment.Merged is null ? string.Empty : $", {PlanWords.Count(moment.Rows.Length, "addon")}, hash {moment.Merged.HashAfter ?? "of the chart's default"}")}");
        foreach (var row in moment.Rows) terminal.Print($"           {row.Code} {row.Source}{(row.Version.Length == 0 ? string.Empty : $" {row.Image}:{row.Version}")}");
        terminal.Print($"live     {Short(moment.Live, moment.HasNotes ? "nothing was proven live by then" : "not known")}");
    }

    private static string Short(Landing? landing, string none) => landing is null ? none : $"{landing.Commit.Text[..12]} of {UtcTime.Write(landing.At)}, {LandingWords.By(landing)}";
}
