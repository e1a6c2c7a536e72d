using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Audit;

/// <summary>
/// The trailers of a commit's message. Only the last paragraph counts, as git has it; a squash that joined several of our
/// messages has several such blocks, and the one that names the instance speaks for it.
/// </summary>
internal static class Trailers
{
    private const string Prefix = "Odoosky-";
    private const string Instance = "Odoosky-Instance";

    /// <summary>What a message says of an instance.</summary>
    /// <param name="message">A commit's message.</param>
    /// <param name="code">The instance.</param>
    /// <returns>Value by trailer name, or null when the message does not name the instance.</returns>
    public static ImmutableDictionary<string, string>? Of(string message, string code)
    {
        var lines = message.Split('\n').Select(line => line.TrimEnd('\r').TrimStart('*', ' ')).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            if (Read(lines[i]) is not { Name: Instance } instance || instance.Value != code) continue;
            return Block(lines, i + 1);
        }

        return null;
    }

    // From behind the instance's own line up to the next instance's, or to a line that is no trailer of ours.
    private static ImmutableDictionary<string, string> Block(List<string> lines, int start)
    {
        var found = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = start; i < lines.Count && Read(lines[i]) is { } trailer && trailer.Name != Instance; i++)
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
