using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Life;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>
/// A trail as JSON Lines, in which each line holds the digest of the one before, so that none can be changed, taken out or put in
/// without all that follow. The bytes come from commits and notes alone:
/// <code>
/// {"prev":null,"kind":"audit","v":1,"base":"main","head":…,"notes":…}
/// {"prev":"…","kind":"change","code":"acme","commit":…,…}                 oldest first
/// {"prev":"…","kind":"end","changes":2}                                   a file without it was cut
/// </code>
/// </summary>
internal static class AuditChain
{
    /// <summary>The key that holds the digest of the line before.</summary>
    public const string Previous = "prev";

    private const int Version = 1;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a trail.</summary>
    /// <param name="snapshot">The trail.</param>
    /// <returns>The lines without their ends, and the change that each tells of; null for the first and the last.</returns>
    public static IEnumerable<(string Line, Landing? Change)> Lines(AuditSnapshot snapshot)
    {
        var line = Write(null, Head(snapshot.Head));
        yield return (line, null);
        foreach (var landing in snapshot.Landings)
        {
            line = Write(Digest(line), Change(landing));
            yield return (line, landing);
        }

        yield return (Write(Digest(line), new JsonObject { ["kind"] = "end", ["changes"] = snapshot.Landings.Length }), null);
    }

    /// <summary>The digest of a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>SHA-256 in 64 hex digits.</returns>
    public static string Digest(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>Reads an export's first line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What it names, or null when it is no such line of this version.</returns>
    public static AuditHead? ReadHead(string line)
    {
        try
        {
            if (JsonNode.Parse(line, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) is not JsonObject head || (string?)head["kind"] != "audit" || (int?)head["v"] != Version) return null;
            var notes = (string?)head["notes"];
            if (ObjectId.TryParse((string?)head["head"]) is not { } commit || (notes is not null && ObjectId.TryParse(notes) is null)) return null;
            return (string?)head["base"] is { } name ? new AuditHead(name, commit, ObjectId.TryParse(notes)) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JsonObject Head(AuditHead head) => new()
    {
        ["kind"] = "audit",
        ["v"] = Version,
        ["base"] = head.Base,
        ["head"] = head.Head.Text,
        ["notes"] = head.Notes?.Text,
    };

    private static JsonObject Change(Landing landing)
    {
        var change = new JsonObject
        {
            ["kind"] = "change",
            ["code"] = landing.Code.Text,
            ["before"] = landing.Before?.Text,
            ["after"] = landing.After?.Text,
            ["toldBy"] = landing.ToldBy?.Text,
            ["signed"] = new JsonArray([.. landing.Signed.Select(signed => new JsonObject { ["commit"] = signed.Commit.Text, ["with"] = signed.With })]),
        };
        foreach (var (key, value) in AuditJson.Of(landing)!) change[key] = value?.DeepClone();
        return change;
    }

    private static string Write(string? previous, JsonObject fields)
    {
        fields.Insert(0, Previous, previous);
        return fields.ToJsonString(Readable);
    }
}
