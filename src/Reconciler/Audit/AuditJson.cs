using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>The audit trail as data: the verbs print it, and exports hold it. What can't be known is null.</summary>
internal static class AuditJson
{
    /// <summary>A change.</summary>
    /// <param name="landing">The change, or null.</param>
    /// <returns>An object, or null.</returns>
    public static JsonObject? Of(Landing? landing) => landing is null ? null : new JsonObject
    {
        ["commit"] = landing.Commit.Text,
        ["at"] = UtcTime.Write(landing.At),
        ["origin"] = EnumWords.Word(landing.Origin),
        ["author"] = landing.Author,
        ["mergedBy"] = landing.MergedBy,
        ["pullRequest"] = landing.PullRequest,
        ["subject"] = landing.Subject,
        ["requestedBy"] = Given(landing.Request.RequestedBy),
        ["reason"] = Given(landing.Request.Reason),
        ["ticket"] = Given(landing.Request.Ticket),
        ["hashBefore"] = landing.HashBefore,
        ["hashAfter"] = landing.HashAfter,
        ["restart"] = landing.Restart,
        ["change"] = landing.Change,
        ["desiredRevision"] = landing.DesiredRevision,
        ["liveAt"] = landing.LiveAt is { } live ? UtcTime.Write(live) : null,
        ["events"] = new JsonArray([.. landing.Notes.Select(note => JsonNode.Parse(note.Write()))]),
        ["doubts"] = new JsonArray([.. landing.Doubts.Select(doubt => (JsonNode)doubt)]),
    };

    /// <summary>A row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>An object.</returns>
    public static JsonObject Of(AddonRow row) => new() { ["code"] = row.Code, ["source"] = row.Source, ["image"] = row.Image, ["version"] = row.Version };

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
