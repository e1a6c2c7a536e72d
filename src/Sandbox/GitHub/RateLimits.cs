using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>
/// GitHub's published limits, per token: requests an hour (primary), points and content a minute and an hour (secondary).
/// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RateLimits(TimeProvider time)
{
    private const string Docs = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
    private readonly ConcurrentDictionary<string, Ledger> ledgers = new(StringComparer.Ordinal);

    /// <summary>Requests an hour, for REST and for GraphQL each.</summary>
    public int PerHour { get; set; } = 5000;

    /// <summary>Points a minute: a read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; set; } = 900;

    public int ContentPerMinute { get; set; } = 80;

    public int ContentPerHour { get; set; } = 500;

    /// <summary>Refuses a write that follows another sooner than this; null doesn't look, since GitHub only advises a second.</summary>
    public TimeSpan? WriteGap { get; set; }

    /// <summary>GitHub answers limits with 403 or 429.</summary>
    public int Status { get; set; } = 403;

    /// <summary>The secondary limits' Retry-After; null leaves it out, as GitHub sometimes does.</summary>
    public TimeSpan? RetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests were refused for a limit.</summary>
    public int Refused => ledgers.Values.Sum(ledger => ledger.Refused);

    /// <summary>Counts a request.</summary>
    /// <returns>The refusal when it is one too many, else null.</returns>
    public ApiAnswer? Take(Caller caller, string resource, bool write, bool content)
    {
        var ledger = LedgerOf(caller.Token, resource);
        var refusal = TakeFrom(ledger, caller, write, content);
        if (refusal is not null) ledger.Refused++;
        return refusal;
    }

    /// <summary>Gives a request back: an answer 304 costs nothing.</summary>
    public void GiveBack(Caller caller, string resource)
    {
        var ledger = LedgerOf(caller.Token, resource);
        if (ledger.Used > 0) ledger.Used--;
    }

    /// <summary>Uses a token's hour up to so many that are left.</summary>
    public void Leave(string token, int left, string resource = "core") => LedgerOf(token, resource).Used = PerHour - left;

    /// <summary>What every answer says about the limit.</summary>
    public ImmutableArray<(string Name, string Value)> Headers(string token, string resource)
    {
        var ledger = LedgerOf(token, resource);
        return
        [
            ("X-RateLimit-Limit", Text(PerHour)), ("X-RateLimit-Remaining", Text(Math.Max(0, PerHour - ledger.Used))), ("X-RateLimit-Used", Text(ledger.Used)),
            ("X-RateLimit-Reset", Text(ledger.Reset.ToUnixTimeSeconds())), ("X-RateLimit-Resource", resource),
        ];
    }

    /// <summary>The answer of <c>GET /rate_limit</c>.</summary>
    public JsonObject Show(string token)
    {
        JsonObject One(string resource)
        {
            var ledger = LedgerOf(token, resource);
            return new JsonObject
            {
                ["limit"] = PerHour, ["remaining"] = Math.Max(0, PerHour - ledger.Used), ["reset"] = ledger.Reset.ToUnixTimeSeconds(), ["used"] = ledger.Used,
            };
        }

        return new JsonObject { ["resources"] = new JsonObject { ["core"] = One("core"), ["search"] = One("search"), ["graphql"] = One("graphql") }, ["rate"] = One("core") };
    }

    private ApiAnswer? TakeFrom(Ledger ledger, Caller caller, bool write, bool content)
    {
        var now = time.GetUtcNow();
        if (ledger.Used >= PerHour)
            return ApiAnswer.Refuse(Status, $"API rate limit exceeded for user ID {caller.Account.Id}.", Docs);
        ledger.Used++;
        if (write && WriteGap is { } gap && now - ledger.LastWrite < gap) return Secondary("You have exceeded a secondary rate limit.");
        if (ledger.Points.Within(now, TimeSpan.FromMinutes(1)) + (write ? 5 : 1) > PointsPerMinute) return Secondary("You have exceeded a secondary rate limit.");
        if (content && (ledger.Content.Within(now, TimeSpan.FromMinutes(1)) >= ContentPerMinute || ledger.Content.Within(now, TimeSpan.FromHours(1)) >= ContentPerHour))
            return Secondary("You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.");
        ledger.Points.Add(now, write ? 5 : 1);
        if (content) ledger.Content.Add(now, 1);
        if (write) ledger.LastWrite = now;
        return null;
    }

    private ApiAnswer Secondary(string message)
    {
        var answer = ApiAnswer.Refuse(Status, message, Docs + "#about-secondary-rate-limits");
        return RetryAfter is { } wait ? answer with { Headers = [("Retry-After", Text((long)wait.TotalSeconds))] } : answer;
    }

    private Ledger LedgerOf(string token, string resource)
    {
        var ledger = ledgers.GetOrAdd(resource + " " + token, _ => new Ledger());
        var now = time.GetUtcNow();
        if (now >= ledger.Reset) (ledger.Reset, ledger.Used) = (DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 3600), 0);
        return ledger;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Ledger
    {
        public DateTimeOffset Reset { get; set; }

        public int Used { get; set; }

        public int Refused { get; set; }

        public DateTimeOffset LastWrite { get; set; }

        public Spending Points { get; } = new();

        public Spending Content { get; } = new();
    }

    private sealed class Spending
    {
        private readonly Queue<(DateTimeOffset At, int Cost)> spent = new();

        public void Add(DateTimeOffset at, int cost) => spent.Enqueue((at, cost));

        public int Within(DateTimeOffset now, TimeSpan window)
        {
            while (spent.TryPeek(out var oldest) && now - oldest.At >= TimeSpan.FromHours(1)) spent.Dequeue();
            return spent.Where(one => now - one.At < window).Sum(one => one.Cost);
        }
    }
}
