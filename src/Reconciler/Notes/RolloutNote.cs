using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Notes;

/// <summary>What happened to a change after it was merged.</summary>
internal enum NoteEvent
{
    /// <summary>The change is on base.</summary>
    Landed,

    /// <summary>It was proven to run.</summary>
    Live,

    /// <summary>It was proven not to run.</summary>
    Failed,

    /// <summary>A later change took its place before it was proven.</summary>
    Superseded,

    /// <summary>Somebody took it back on base.</summary>
    Reverted,
}

/// <summary>
/// One fact about one instance, one line of JSON on the landing commit. Facts that trailers hold too stand here again,
/// since a squash may lose trailers.
/// </summary>
internal sealed record RolloutNote
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What happened.</summary>
    public required NoteEvent Event { get; init; }

    /// <summary>The instance's code.</summary>
    public required string Code { get; init; }

    /// <summary>When it happened, to the second, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The pull request's number, or null.</summary>
    public long? PullRequest { get; init; }

    /// <summary>Who merged, or null when nobody knows.</summary>
    public string? MergedBy { get; init; }

    /// <summary>Who asked, or null.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>A ticket's name, or null.</summary>
    public string? Ticket { get; init; }

    /// <summary>The addons hash before, or null.</summary>
    public string? HashBefore { get; init; }

    /// <summary>The addons hash after, or null.</summary>
    public string? HashAfter { get; init; }

    /// <summary>The forecast: <c>yes</c>, <c>no</c>, <c>audit-only</c>, <c>unknown</c>; or null.</summary>
    public string? Restart { get; init; }

    /// <summary>The revision that Argo CD had deployed, or null.</summary>
    public string? Revision { get; init; }

    /// <summary>Names the content of the wish that was applied; null: not known.</summary>
    public string? DesiredRevision { get; init; }

    /// <summary>The change digest, or null.</summary>
    public string? Change { get; init; }

    /// <summary>What a verdict rests on, field and value; empty for events without a verdict.</summary>
    public ImmutableSortedDictionary<string, string> Evidence { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads a note's lines.</summary>
    /// <param name="text">A note.</param>
    /// <returns>The facts, in order of time, and how many lines could not be read (another program's, or damaged).</returns>
    public static (ImmutableArray<RolloutNote> Notes, int Foreign) ReadAll(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        var notes = lines.Select(TryRead).OfType<RolloutNote>().ToList();
        return ([.. notes.OrderBy(note => note.At).ThenBy(note => note.Event)], lines.Count - notes.Count);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">One line of a note.</param>
    /// <returns>The fact, or null when the line is none that this version knows.</returns>
    public static RolloutNote? TryRead(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject fields && (int?)fields["v"] == 1 ? Read(fields) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the line.</summary>
    /// <returns>JSON without a line break; the same fact is always the same line.</returns>
    public string Write()
    {
        var line = new JsonObject
        {
            ["v"] = 1,
            ["event"] = Word(Event),
            ["code"] = Code,
            ["at"] = UtcTime.Write(At),
        };
        if (PullRequest is { } number) line["pr"] = number;
        (string Key, string? Value)[] texts =
        [
            ("mergedBy", MergedBy), ("requestedBy", RequestedBy), ("reason", Reason), ("ticket", Ticket), ("hashBefore", HashBefore),
            ("hashAfter", HashAfter), ("restart", Restart), ("revision", Revision), ("desiredRevision", DesiredRevision), ("change", Change),
        ];
        foreach (var (key, value) in texts)
            if (!string.IsNullOrEmpty(value)) line[key] = value;
        if (!Evidence.IsEmpty) line["evidence"] = new JsonObject(Evidence.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return line.ToJsonString(Readable);
    }

    /// <summary>An event's word in notes.</summary>
    /// <param name="what">The event.</param>
    /// <returns>Lower case.</returns>
    public static string Word(NoteEvent what) => what switch
    {
        NoteEvent.Landed => "landed",
        NoteEvent.Live => "live",
        NoteEvent.Failed => "failed",
        NoteEvent.Superseded => "superseded",
        _ => "reverted",
    };

    private static RolloutNote? Read(JsonObject fields)
    {
        if (Enum.GetValues<NoteEvent>().Where(what => Word(what) == (string?)fields["event"]).Cast<NoteEvent?>().FirstOrDefault() is not { } what) return null;
        if ((string?)fields["code"] is not { } code || (string?)fields["at"] is not { } at) return null;
        return new RolloutNote
        {
            Event = what,
            Code = code,
            At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            PullRequest = (long?)fields["pr"],
            MergedBy = (string?)fields["mergedBy"],
            RequestedBy = (string?)fields["requestedBy"],
            Reason = (string?)fields["reason"],
            Ticket = (string?)fields["ticket"],
            HashBefore = (string?)fields["hashBefore"],
            HashAfter = (string?)fields["hashAfter"],
            Restart = (string?)fields["restart"],
            Revision = (string?)fields["revision"],
            DesiredRevision = (string?)fields["desiredRevision"],
            Change = (string?)fields["change"],
            Evidence = (fields["evidence"] as JsonObject)?.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? string.Empty, StringComparer.Ordinal)
                ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        };
    }
}
