using System.Globalization;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// What is known of GitHub's limits. Once one is met, nothing is sent until it ends; callers are told when that is. How long:
/// <c>Retry-After</c>, else <c>X-RateLimit-Reset</c> when nothing remains, measured against the answer's own <c>Date</c>, else
/// 60 s and twice as long each time in a row.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RateLimits(TimeProvider time)
{
    private const string Everything = "";

    private static readonly TimeSpan First = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> until = new(StringComparer.Ordinal);
    private int inARow;

    /// <summary>What was left of REST's quota when it was last told; null: it was not told yet.</summary>
    public int? Remaining { get; private set; }

    /// <summary>The same of GraphQL's quota.</summary>
    public int? RemainingOfGraphQL { get; private set; }

    /// <summary>When requests are sent again; null: now.</summary>
    /// <param name="call">Which request.</param>
    /// <returns>By this machine's clock.</returns>
    public DateTimeOffset? ResumesAt(GitHubCall call)
    {
        lock (gate)
        {
            var latest = new[] { Everything, call.Quota }.Select(quota => until.GetValueOrDefault(quota)).Max();
            return latest > time.GetUtcNow() ? latest : null;
        }
    }

    /// <summary>Learns from an answer.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="words">GitHub's words, with an error.</param>
    /// <returns>When it goes on, if the answer is a refusal because of a limit; else null.</returns>
    public DateTimeOffset? Learn(GitHubCall call, GitHubAnswer answer, string words)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (call.IsGraphQL) RemainingOfGraphQL = answer.Remaining ?? RemainingOfGraphQL;
            else Remaining = answer.Remaining ?? Remaining;
            var refused = answer.Status is 403 or 429 || (answer.IsSuccess && words.Length > 0);
            if (refused && IsLimit(answer, words)) return until[QuotaOf(call, answer)] = now + Bounded(Length(answer));
            if (answer.IsSuccess) inARow = 0;

            // The last request of the hour: the next one would be refused.
            if (answer is { Remaining: 0 } && UntilReset(answer) is { } reset && reset > TimeSpan.Zero) until[call.Quota] = now + Bounded(reset);
            return null;
        }
    }

    /// <summary>The failure that says when it goes on.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="resumesAt">When.</param>
    /// <param name="words">GitHub's words, or empty when nothing was sent.</param>
    /// <returns>To be thrown.</returns>
    public static GitHubFailure Failure(GitHubCall call, DateTimeOffset resumesAt, string words) => new(
        GitHubFailureKind.Limited,
        $"GitHub could not {call.Purpose}: its rate limit is met{(words.Length == 0 ? string.Empty : $" ({words})")}. It resumes at {resumesAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.")
    {
        ResumesAt = resumesAt,
        Words = words,
    };

    private static bool IsLimit(GitHubAnswer answer, string words) =>
        answer.Status == 429 || answer.RetryAfter is not null || answer is { Remaining: 0, Status: 403 }
        || words.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || words.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);

    // A quota is one of two; a secondary limit holds for all.
    private static string QuotaOf(GitHubCall call, GitHubAnswer answer) => answer is { Remaining: 0, RetryAfter: null } ? call.Quota : Everything;

    private TimeSpan Length(GitHubAnswer answer)
    {
        if (answer.RetryAfter is { } after) return after;
        if (answer.Remaining == 0 && UntilReset(answer) is { } reset) return reset;
        return First * Math.Pow(2, Math.Min(inARow++, 10));
    }

    private TimeSpan? UntilReset(GitHubAnswer answer) => answer.Reset - (answer.Date ?? time.GetUtcNow());

    private static TimeSpan Bounded(TimeSpan length) => length < Shortest ? Shortest : length > Longest ? Longest : length;
}
