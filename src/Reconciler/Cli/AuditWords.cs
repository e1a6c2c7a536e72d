using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Audit;
using OdooSky.GitOps.Reconciler.Life;
using OdooSky.GitOps.Reconciler.Notes;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Cli;

/// <summary>A change on a terminal.</summary>
internal static class AuditWords
{
    /// <summary>What is said once when the repository has no notes.</summary>
    public const string NoNotes =
        "There are no notes here: what was proven live, and who merged a squash, is not known. In a clone: " + NoteBook.FetchCommand;

    /// <summary>A change on several lines.</summary>
    /// <param name="landing">The change.</param>
    /// <returns>Lines.</returns>
    public static IEnumerable<string> Of(Landing landing)
    {
        yield return $"{UtcTime.Write(landing.At)}  {landing.Commit.Text[..12]}  {PlainText.Line(landing.Subject)}";
        yield return $"  {LandingWords.By(landing)}";
        if (LandingWords.Asked(landing) is { Length: > 0 } asked) yield return $"  {asked}";
        yield return $"  hash {landing.HashBefore ?? "none"} -> {landing.HashAfter ?? "none"}{(landing.Restart is null ? string.Empty : $", restart: {PlainText.Line(landing.Restart)}")}";
        if (LandingWords.Proof(landing) is { } proof) yield return $"  {proof}";
        foreach (var doubt in landing.Doubts) yield return $"  in doubt: {PlainText.Line(doubt)}";
    }
}
