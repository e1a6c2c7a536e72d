using System.Text;

namespace OdooSky.GitOps.Overlay.Helm.Yaml;

/// <summary>What the handles of tags stand for in one document.</summary>
internal struct TagRules()
{
    private const string Standard = "tag:yaml.org,2002:";
    private Dictionary<string, string>? declared;
    private bool hasVersion;

    /// <summary>Takes one directive.</summary>
    /// <param name="directive">Its bytes, the form being right.</param>
    /// <returns>False when it is a repetition or a YAML version other than 1.1.</returns>
    public bool TryAdd(ReadOnlySpan<byte> directive)
    {
        if (Directive.IsVersion(directive, out var isKnown))
        {
            var isFirst = !hasVersion;
            hasVersion = true;
            return isFirst && isKnown;
        }

        var (handle, prefix) = Directive.TagRule(directive);
        return (declared ??= new(StringComparer.Ordinal)).TryAdd(handle, prefix);
    }

    /// <summary>The whole tag for one as it is written.</summary>
    /// <param name="tag">With its exclamation mark.</param>
    /// <returns>Null when its handle is not declared.</returns>
    public readonly string? Resolve(ReadOnlySpan<byte> tag)
    {
        if (tag.Length == 1) return "!";
        if (tag[1] == (byte)'<') return TagText.Decode(tag[2..^1]);
        var cursor = new Cursor(tag, 0, 1);
        var isHandle = TagText.SkipHandle(ref cursor);
        var handle = isHandle ? Encoding.UTF8.GetString(tag[..cursor.Position]) : "!";
        var suffix = TagText.Decode(tag[handle.Length..]);
        if (declared is not null && declared.TryGetValue(handle, out var prefix)) return prefix + suffix;
        return handle switch { "!" => "!" + suffix, "!!" => Standard + suffix, _ => null };
    }
}
