using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Reconciler.Suspensions;

/// <summary>How much is suspended.</summary>
internal enum SuspensionScope
{
    /// <summary>One instance, by its code.</summary>
    Instance,

    /// <summary>The instances of a ring, by the ring's name.</summary>
    Ring,

    /// <summary>All of a target.</summary>
    Target,
}

/// <summary>Somebody's word that nothing is to be changed for a while: one line of <see cref="SuspensionBook"/>.</summary>
internal sealed record Suspension
{
    /// <summary>The most letters of a reason.</summary>
    public const int LongestReason = 200;

    /// <summary>The most letters of a name.</summary>
    public const int LongestName = 100;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>How much is suspended.</summary>
    public required SuspensionScope Scope { get; init; }

    /// <summary>The instance's code or the ring's name; empty for a whole target.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Who said so: one line, at most 100 letters.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC, to the second.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself, UTC, to the second; null: when somebody resumes.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why: one line, at most 200 letters.</summary>
    public required string Reason { get; init; }

    /// <summary>What is suspended, in words: <c>acme</c>, <c>the ring canary</c>, <c>the target prod</c>.</summary>
    public string Thing => Scope switch
    {
        SuspensionScope.Instance => Name,
        SuspensionScope.Ring => $"the ring {Name}",
        _ => $"the target {Target}",
    };

    /// <summary>Who, until when and why: <c>by Jane until 2026-11-30T08:00Z: PostgreSQL upgrade</c>.</summary>
    public string Words => $"by {By}{(Until is { } until ? $" until {Show(until)}" : string.Empty)}: {Reason.TrimEnd('.')}";

    /// <summary>The sentence that an instance's change carries while it rests.</summary>
    public string Sentence => $"Suspended {(Scope == SuspensionScope.Instance ? string.Empty : $"with {Thing} ")}{Words}.";

    /// <summary>Whether it holds at a time.</summary>
    /// <param name="now">The time.</param>
    /// <returns>False from the moment of <see cref="Until"/> on.</returns>
    public bool HoldsAt(DateTimeOffset now) => Until is not { } until || until > now;

    /// <summary>Whether both suspend the same, so that the later one takes the other's place.</summary>
    /// <param name="other">Another one.</param>
    /// <returns>True for the same target, scope and name.</returns>
    public bool Replaces(Suspension other) =>
        (Target, Scope, Name) == (other.Target, other.Scope, other.Name);

    /// <summary>Whether a text may stand as reason or name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most letters.</param>
    /// <returns>True for one line, not blank, without control, format and half characters.</returns>
    public static bool IsLine(string text, int longest) =>
        text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>A time as people read it: to the minute where that is exact.</summary>
    /// <param name="time">Any time.</param>
    /// <returns>UTC, such as <c>2026-11-30T08:00Z</c>.</returns>
    public static string Show(DateTimeOffset time) =>
        time.Second == 0 ? time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture) : UtcTime.Write(time);

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line of the book.</param>
    /// <returns>The suspension, or null when the line is none that this version knows: whoever wrote it wanted something to rest.</returns>
    public static Suspension? TryRead(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject fields && (int?)fields["v"] == 1 ? Read(fields) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes the line.</summary>
    /// <returns>JSON without a line break; the same suspension is always the same line.</returns>
    public string Write()
    {
        var line = new JsonObject { ["v"] = 1, ["target"] = Target, ["scope"] = EnumWords.Word(Scope) };
        if (Name.Length > 0) line["name"] = Name;
        line["by"] = By;
        line["at"] = UtcTime.Write(At);
        if (Until is { } until) line["until"] = UtcTime.Write(until);
        line["reason"] = Reason;
        return line.ToJsonString(Readable);
    }

    private static Suspension? Read(JsonObject fields)
    {
        string? target = (string?)fields["target"], by = (string?)fields["by"], reason = (string?)fields["reason"], until = (string?)fields["until"];
        var (scope, name) = (EnumWords.TryParse<SuspensionScope>((string?)fields["scope"] ?? string.Empty), (string?)fields["name"] ?? string.Empty);
        if (string.IsNullOrEmpty(target) || scope is null || by is null || reason is null || (string?)fields["at"] is not { } at) return null;
        if (!IsLine(by, LongestName) || !IsLine(reason, LongestReason) || (scope == SuspensionScope.Target) != (name.Length == 0)) return null;
        if (scope == SuspensionScope.Instance && InstanceCode.TryParse(name) is null) return null;
        return new Suspension
        {
            Target = target, Scope = scope.Value, Name = name, By = by, Reason = reason, At = Time(at), Until = until is null ? null : Time(until),
        };
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(
        text, UtcTime.Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
