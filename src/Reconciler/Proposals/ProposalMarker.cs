using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>The hidden comment at the end of a proposal's text, by which the program knows its own work again.</summary>
internal static class ProposalMarker
{
    /// <summary>What the marker begins with.</summary>
    public const string Begin = "<!-- odoosky:";

    /// <summary>Writes the marker.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>An HTML comment on one line.</returns>
    public static string Of(ChangeSet set)
    {
        var changes = new JsonObject();
        foreach (var change in set.Changes) changes[change.Code.Text] = change.Digest;
        var marker = new JsonObject
        {
            ["v"] = 1,
            ["target"] = set.Target,
            ["branch"] = set.Branch,
            ["content"] = set.ContentDigest,
            ["changes"] = changes,
        };

        // Two hyphens would end the comment in some readers; JSON has another spelling for them.
        return $"{Begin} {marker.ToJsonString(JsonSerializerOptions.Default).Replace("--", "-\\u002d", StringComparison.Ordinal)} -->";
    }
}
