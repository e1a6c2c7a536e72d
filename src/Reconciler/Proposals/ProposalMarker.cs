using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>The hidden comment at the end of a proposal's text, by which the program knows its own work again.</summary>
internal static class ProposalMarker
{
    /// <summary>What the marker begins with.</summary>
    public const string Begin = "<!-- odoosky:";

    // 500 codes with their digests; what is larger stands in the commits' trailers alone, so that the text stays readable.
    private const int Longest = 40_000;

    /// <summary>Writes the marker.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>An HTML comment on one line; its <c>changes</c> are null for sets of many hundred instances.</returns>
    public static string Of(ChangeSet set)
    {
        var changes = new JsonObject();
        foreach (var change in set.Changes) changes[change.Code.Text] = change.Digest;
        var whole = Write(set, changes);
        return whole.Length <= Longest ? whole : Write(set, null);
    }

    private static string Write(ChangeSet set, JsonObject? changes)
    {
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
