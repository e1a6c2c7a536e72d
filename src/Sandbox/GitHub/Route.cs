namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>An endpoint of the API.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Template">GitHub's own template; a last name with a star takes the rest of the path.</param>
/// <param name="Need">The permission that it asks for, as <see cref="Caller.May"/> reads it.</param>
/// <param name="Handle">Answers it.</param>
internal sealed record Route(string Method, string Template, string Need, Func<ApiRequest, CancellationToken, Task<ApiAnswer>> Handle)
{
    private readonly string[] parts = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its name in logs, counters and fault scripts.</summary>
    public string Endpoint { get; } = $"{Method} {Template.Replace("*}", "}", StringComparison.Ordinal)}";

    /// <summary>Makes content that people are told about: counts for the content limits.</summary>
    public bool CreatesContent { get; init; }

    /// <summary>Costs no quota.</summary>
    public bool Free { get; init; }

    /// <summary>An endpoint that answers without waiting for anything.</summary>
    public static Route Of(string method, string template, string need, Func<ApiRequest, ApiAnswer> handle) =>
        new(method, template, need, (request, _) => Task.FromResult(handle(request)));

    /// <summary>The values of the template's names, or null when the path is another one.</summary>
    /// <param name="segments">The path's segments, decoded.</param>
    public Dictionary<string, string>? Match(IReadOnlyList<string> segments)
    {
        var open = parts[^1].EndsWith("*}", StringComparison.Ordinal);
        if (open ? segments.Count < parts.Length : segments.Count != parts.Length) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            if (open && i == parts.Length - 1) values[parts[i][1..^2]] = string.Join('/', segments.Skip(i));
            else if (parts[i][0] == '{') values[parts[i][1..^1]] = segments[i];
            else if (parts[i] != segments[i]) return null;
        }

        return values;
    }
}
