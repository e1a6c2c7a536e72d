using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Plan;
using OdooSky.GitOps.Reconciler.Audit;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary><c>odoosky history</c>: what happened to an instance's overlay.</summary>
internal static class HistoryVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="surroundings">What it runs with.</param>
    /// <returns>The verb.</returns>
    public static Verb Make(Surroundings surroundings)
    {
        var code = AuditOptions.Code();
        var (since, until) = (AuditOptions.Time("--since", "only changes from this time on"), AuditOptions.Time("--until", "only changes up to this time"));
        var verb = new Verb(
            "history",
            "Tell each change of an instance's overlay: who asked, why, who merged, the hash before and after, and when it was live. From commits and notes alone.",
            "odoosky history acme                        newest first",
            "odoosky history acme --since 2026-11-01 -o json") { code, since, until };
        CommonOptions.AddRepository(verb);
        verb.Does((parsed, cancellationToken) => Opening.WithAsync(
            parsed,
            surroundings,
            async open => Print(await open.Audit.HistoryAsync(parsed.GetRequiredValue(code), parsed.GetValue(since), parsed.GetValue(until), cancellationToken), surroundings.Terminal),
            cancellationToken));
        return verb;
    }

    private static ExitCode Print(InstanceStory story, Terminal terminal)
    {
        if (!story.HasNotes) terminal.Say(AuditWords.NoNotes);
        if (terminal.Format != OutputFormat.Text)
        {
            terminal.PrintData(new JsonObject
            {
                ["instance"] = story.Code.Text, ["base"] = story.Base, ["notes"] = story.HasNotes, ["changes"] = new JsonArray([.. story.Landings.Select(AuditJson.Of)]),
            });
            return ExitCode.Ok;
        }

        if (story.Landings.IsEmpty) terminal.Say($"No overlay of {story.Code} was changed in that time; odoosky plan --all lists the instances.");
        terminal.Print($"{story.Code}: {PlanWords.Count(story.Landings.Length, "change")} on {story.Base}");
        foreach (var landing in story.Landings)
        {
            terminal.Print(string.Empty);
            foreach (var line in AuditWords.Of(landing)) terminal.Print(line);
        }

        return ExitCode.Ok;
    }
}
