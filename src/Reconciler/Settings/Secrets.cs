namespace OdooSky.GitOps.Reconciler.Settings;

/// <summary>
/// The values that must never be shown. Whoever reads one adds it, whoever writes text for people or files hides them: by value, so
/// that it does not matter on which way one got there. Safe for many threads.
/// </summary>
internal sealed class Secrets
{
    /// <summary>Shorter texts would stand in ordinary words; a credential so short protects nothing.</summary>
    private const int Shortest = 8;

    /// <summary>Tokens of an app live for an hour, and a service for months: the newest count.</summary>
    private const int Most = 256;

    private const string Mask = "***";

    private readonly Lock gate = new();
    private volatile string[] values = [];

    /// <summary>Adds a value, and each of its lines when it has several.</summary>
    /// <param name="value">The secret.</param>
    public void Add(string value)
    {
        lock (gate)
        {
            var parts = value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Where(part => part.Length >= Shortest && !part.StartsWith("-----", StringComparison.Ordinal) && !values.Contains(part, StringComparer.Ordinal));
            values = [.. parts.Concat(values).Take(Most)];
        }
    }

    /// <summary>A text without them.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with <c>***</c> in place of each.</returns>
    public string Hide(string text)
    {
        foreach (var value in values) text = text.Replace(value, Mask, StringComparison.Ordinal);
        return text;
    }
}
