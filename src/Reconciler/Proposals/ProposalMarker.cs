using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// The hidden comment at the end of a proposal's text, by which the program knows its own work again. It is the only memory of
/// what a proposal carried, and people's decisions about it are read through it: a closed proposal declines what its marker lists.
/// </summary>
internal sealed record ProposalMarker
{
    /// <summary>What the marker begins with.</summary>
    public const string Begin = "<!-- odoosky:";

    /// <summary>Why we closed it, in <see cref="Withdrawn"/>: base has the same bytes, so the change landed without the forge's button.</summary>
    public const string Landed = "landed";

    private const string End = " -->";

    // 500 codes with their digests; what is larger stands in the commits' trailers alone, so that the text stays readable.
    private const int Longest = 40_000;

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The head branch.</summary>
    public required string Branch { get; init; }

    /// <summary>The content digest of the change set.</summary>
    public required string Content { get; init; }

    /// <summary>One digest over all change digests, by which sets are known that are too large to list; read back for those alone.</summary>
    public string Set { get; init; } = string.Empty;

    /// <summary>Change digest by code; null when there are too many to list.</summary>
    public ImmutableSortedDictionary<string, string>? Changes { get; init; }

    /// <summary>The codes whose pods restart, among <see cref="Changes"/>.</summary>
    public ImmutableArray<string> Restarts { get; init; } = [];

    /// <summary>Whether we let the forge merge it by itself.</summary>
    public bool Automatic { get; init; }

    /// <summary>Why we closed it ourselves, or null: then whoever closes it declines it.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>The marker as a line of text: an HTML comment.</summary>
    public string Text
    {
        get
        {
            var whole = Write(Changes);
            return whole.Length <= Longest ? whole : Write(null);
        }
    }

    /// <summary>The marker of a change set.</summary>
    /// <param name="set">The change set.</param>
    /// <returns>The marker.</returns>
    public static ProposalMarker Of(ChangeSet set) => new()
    {
        Target = set.Target,
        Branch = set.Branch,
        Content = set.ContentDigest,
        Set = Digests.OfPlan(set.Changes),
        Changes = set.Changes.ToImmutableSortedDictionary(change => change.Code.Text, change => change.Digest, StringComparer.Ordinal),
        Restarts = [.. set.Changes.Where(change => change.Forecast.Restart != Restart.No).Select(change => change.Code.Text)],
    };

    /// <summary>Finds a marker in a text.</summary>
    /// <param name="body">Any text; people may have changed it.</param>
    /// <returns>The last marker, or null when there is none that can be read.</returns>
    public static ProposalMarker? TryRead(string body)
    {
        if (Span(body) is not { } span) return null;
        try
        {
            return JsonNode.Parse(body[(span.Start + Begin.Length)..(span.End - End.Length)]) is JsonObject map ? Read(map) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Puts another marker in the place of a text's last one.</summary>
    /// <param name="body">A text.</param>
    /// <param name="marker">The new marker.</param>
    /// <returns>The text, with the marker at its end when it had none.</returns>
    public static string Replace(string body, ProposalMarker marker) =>
        Span(body) is { } span ? body[..span.Start] + marker.Text + body[span.End..] : $"{body.TrimEnd()}\n\n{marker.Text}\n";

    /// <summary>Where the last marker stands.</summary>
    /// <param name="body">A text.</param>
    /// <returns>Its first character and the one behind it, or null.</returns>
    public static (int Start, int End)? Span(string body)
    {
        var start = body.LastIndexOf(Begin + " {", StringComparison.Ordinal);
        var end = start < 0 ? -1 : body.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0 ? null : (start, end + End.Length);
    }

    private static ProposalMarker? Read(JsonObject map)
    {
        if (Word(map, "target") is not { } target || Word(map, "branch") is not { } branch) return null;
        return new ProposalMarker
        {
            Target = target,
            Branch = branch,
            Content = Word(map, "content") ?? string.Empty,
            Set = Word(map, "set") ?? string.Empty,
            Changes = (map["changes"] as JsonObject)?.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.Ordinal),
            Restarts = map["restarts"] is JsonArray codes ? [.. codes.Select(code => code!.GetValue<string>())] : [],
            Automatic = map["automatic"]?.GetValue<bool>() ?? false,
            Withdrawn = Word(map, "withdrawn"),
        };
    }

    private static string? Word(JsonObject map, string name) => map[name]?.GetValue<string>();

    private string Write(ImmutableSortedDictionary<string, string>? changes)
    {
        var marker = new JsonObject
        {
            ["v"] = 1,
            ["target"] = Target,
            ["branch"] = Branch,
            ["content"] = Content,
            ["changes"] = changes is null ? null : new JsonObject(changes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
        if (changes is null) marker["set"] = Set;
        if (changes is not null && !Restarts.IsEmpty) marker["restarts"] = new JsonArray([.. Restarts.Select(code => (JsonNode)code)]);
        if (Automatic) marker["automatic"] = true;
        if (Withdrawn is not null) marker["withdrawn"] = Withdrawn;

        // Two hyphens would end the comment in some readers; JSON has another spelling for them.
        return $"{Begin} {marker.ToJsonString(JsonSerializerOptions.Default).Replace("--", "-\\u002d", StringComparison.Ordinal)}{End}";
    }
}
