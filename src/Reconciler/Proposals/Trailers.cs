using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// The trailers of our commits: what they are called, and how they are read. A message of ours has a block of them for each
/// instance, which begins with the instance's own line; a squash that joined several messages has all of their blocks.
/// </summary>
internal static class Trailers
{
    /// <summary>The instance's code; begins a block.</summary>
    public const string Instance = Prefix + "Instance";

    /// <summary>The addons hash, <c>before..after</c>.</summary>
    public const string AddonsHash = Prefix + "Addons-Hash";

    /// <summary>The forecast: <c>yes</c>, <c>no</c>, <c>audit-only</c>, <c>unknown</c>.</summary>
    public const string Restart = Prefix + "Restart";

    /// <summary>Names the content of the wish.</summary>
    public const string DesiredRevision = Prefix + "Desired-Revision";

    /// <summary>Who asked.</summary>
    public const string RequestedBy = Prefix + "Requested-By";

    /// <summary>Why.</summary>
    public const string Reason = Prefix + "Reason";

    /// <summary>A ticket's name.</summary>
    public const string Ticket = Prefix + "Ticket";

    /// <summary>The change digest.</summary>
    public const string Change = Prefix + "Change";

    /// <summary>The content digest of the whole change set; stands once, at the end.</summary>
    public const string Content = Prefix + "Content";

    /// <summary>Of a promotion: the instance that it was taken from.</summary>
    public const string PromotedFrom = Prefix + "Promoted-From";

    /// <summary>Of a promotion: the instance that it goes to.</summary>
    public const string PromotedTo = Prefix + "Promoted-To";

    /// <summary>Of a promotion: the addons hash that the source had.</summary>
    public const string PromotedHash = Prefix + "Promoted-Hash";

    /// <summary>Of a promotion: what was known of the source, such as <c>live since 2026-11-20T10:05:12Z</c>.</summary>
    public const string PromotedVerdict = Prefix + "Promoted-Verdict";

    private const string Prefix = "Odoosky-";

    /// <summary>What a message says of an instance.</summary>
    /// <param name="message">A commit's message.</param>
    /// <param name="code">The instance.</param>
    /// <returns>Value by trailer name, or null when the message does not name the instance.</returns>
    public static ImmutableDictionary<string, string>? Of(string message, string code) =>
        All(message).Where(block => block.Code == code).Select(block => block.Values).FirstOrDefault();

    /// <summary>What a message says of each instance that it names, in its order.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <returns>A code and value by trailer name for each block.</returns>
    public static IEnumerable<(string Code, ImmutableDictionary<string, string> Values)> All(string message)
    {
        if (!message.Contains(Instance, StringComparison.Ordinal)) yield break;
        var lines = message.Split('\n').Select(line => Read(line.TrimEnd('\r').TrimStart('*', ' '))).ToList();
        for (var i = 0; i < lines.Count; i++)
            if (lines[i] is { Name: Instance } instance) yield return (instance.Value, Block(lines, i + 1));
    }

    /// <summary>The last trailer of a name.</summary>
    /// <param name="message">Any commit's message.</param>
    /// <param name="name">One of the names.</param>
    /// <returns>Its value, or null when there is none.</returns>
    public static string? Last(string message, string name) =>
        message.Split('\n').LastOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..].Trim();

    /// <summary>A trailer as it is written; an empty value has no line.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="value">Any text. It is folded to one line, so it can neither begin a trailer of its own nor end the block, nor close an issue.</param>
    /// <returns>The line with its end, or nothing.</returns>
    public static string Line(string name, string value) => PlainText.Quiet(value) is { Length: > 0 } line ? $"{name}: {line}\n" : string.Empty;

    // From behind the instance's own line up to the next instance's, or to a line that is no trailer of ours.
    private static ImmutableDictionary<string, string> Block(List<(string Name, string Value)?> lines, int start)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = start; i < lines.Count && lines[i] is { } trailer && trailer.Name != Instance; i++)
            found.TryAdd(trailer.Name, trailer.Value);
        return found.ToImmutable();
    }

    private static (string Name, string Value)? Read(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || !line.StartsWith(Prefix, StringComparison.Ordinal) || line.AsSpan(0, colon).Contains(' ')) return null;
        return (line[..colon], line[(colon + 2)..].Trim());
    }
}
