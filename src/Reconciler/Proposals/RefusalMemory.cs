namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>
/// What a forge refused for good, so that it is not asked the same again with every pass: a rule that keeps a branch from being pushed, a
/// text that is not accepted. It holds for an hour, in this process alone; whatever is asked differently is asked at once.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RefusalMemory(TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (string Wish, string Words, DateTimeOffset Until)> refused = new(StringComparer.Ordinal);

    /// <summary>Whether this very wish was refused within the hour.</summary>
    /// <param name="subject">What it is about: a branch.</param>
    /// <param name="wish">What was asked for, exactly.</param>
    /// <returns>The forge's words, or null when it may be asked.</returns>
    public string? Find(string subject, string wish) =>
        refused.TryGetValue(subject, out var known) && known.Wish == wish && time.GetUtcNow() < known.Until ? known.Words : null;

    /// <summary>Remembers a refusal.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="wish">What was asked for.</param>
    /// <param name="words">The forge's words.</param>
    public void Note(string subject, string wish, string words) => refused[subject] = (wish, words, time.GetUtcNow() + Holds);
}
