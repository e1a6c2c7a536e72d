using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Requests with all that GitHub asks of a good citizen: the credential, conditional reads, the budget, limits kept, reads tried
/// again with growing waits. A write is sent once; only where surely nothing was sent (no connection came about) it is tried again.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly GitHubOptions options;
    private readonly Credential credential;
    private readonly GitHubWire wire;
    private readonly TimeProvider time;
    private readonly Budget budget;
    private readonly ConditionalCache cache;

    public Connection(GitHubOptions options, Credential credential, GitHubWire wire, TimeProvider time)
    {
        (this.options, this.credential, this.wire, this.time) = (options, credential, wire, time);
        (Limits, budget, cache) = (new RateLimits(time), new Budget(time, options.Budget), new ConditionalCache(options.CacheBytes));
    }

    public RateLimits Limits { get; }

    public ServerClock Clock => wire.Clock;

    public Credential Credential => credential;

    /// <summary>Spreads the waits: from 0 to below 1.</summary>
    public Func<double> Dice { get; init; } = Random.Shared.NextDouble;

    /// <summary>Asks for something, or does something that answers.</summary>
    public async Task<T> SendAsync<T>(GitHubCall call, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        (await SendAsync(call, body => Parse(call, body, type), cancellation)).Value;

    /// <summary>Does something whose answer does not matter.</summary>
    public Task SendAsync(GitHubCall call, CancellationToken cancellation) => SendAsync(call, _ => true, cancellation);

    /// <summary>Asks for something, and tells how the answer came.</summary>
    public Task<Received<T>> AskAsync<T>(GitHubCall call, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(call, body => Parse(call, body, type), cancellation);

    public void Dispose()
    {
        budget.Dispose();
        wire.Dispose();
    }

    private async Task<Received<T>> SendAsync<T>(GitHubCall call, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await TurnAsync(call, cancellation);
                return await OnceAsync(call, parse, cancellation);
            }
            catch (GitHubFailure failure) when (attempt < options.Attempts && MayTryAgain(call, failure))
            {
                await Task.Delay(options.FirstWait * Math.Pow(2, attempt - 1) * (0.5 + Dice()), time, cancellation);
            }
        }
    }

    private async Task<Turn> TurnAsync(GitHubCall call, CancellationToken cancellation)
    {
        ThrowIfLimited(call);
        var turn = call.IsRead ? await budget.ReadAsync(cancellation) : await budget.WriteAsync(call.Order, call.CreatesContent, cancellation);
        if (Limits.ResumesAt(call) is not { } resumesAt) return turn;
        turn.Dispose();
        throw RateLimits.Failure(call, resumesAt, string.Empty);
    }

    private async Task<Received<T>> OnceAsync<T>(GitHubCall call, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        var token = await credential.TokenAsync(cancellation);
        var answer = await WithCacheAsync(call, token, cancellation);
        if (answer.Status == 401 && await credential.AfterRefusalAsync(token, cancellation) is { } another)
            answer = await WithCacheAsync(call, token = another, cancellation);
        var unchanged = answer.Status == 304;
        if (unchanged && cache.Find(token.Identity, call.Path) is { } cached)
            return new Received<T>(parse(cached.Body), answer with { HasNext = cached.HasNext }, unchanged);
        Judge(call, answer);
        var value = parse(answer.Body);
        if (call.Method == HttpMethod.Get && answer.ETag is { } etag) cache.Keep(token.Identity, call.Path, new CachedAnswer(etag, answer.Body, answer.HasNext));
        return new Received<T>(value, answer, unchanged);
    }

    private async Task<GitHubAnswer> WithCacheAsync(GitHubCall call, CredentialToken token, CancellationToken cancellation)
    {
        var etag = call.Method == HttpMethod.Get ? cache.Find(token.Identity, call.Path)?.ETag : null;
        var answer = await wire.SendAsync(call, token.Header, etag, cancellation);
        if (answer.IsSuccess || answer.Status == 304) Limits.Learn(call, answer, string.Empty);
        return answer;
    }

    private void Judge(GitHubCall call, GitHubAnswer answer)
    {
        if (answer.IsSuccess && (answer.IsJson || answer.Body.IsEmpty)) return;
        if (answer.IsSuccess)
            throw new GitHubFailure(GitHubFailureKind.NotGitHub, $"GitHub could not {call.Purpose}: the answer is a page, not the API's. Is forge.api right, and is there a proxy between?") { Status = answer.Status };
        var error = ErrorBody.Of(answer);
        if (Limits.Learn(call, answer, error.Words) is { } resumesAt) throw RateLimits.Failure(call, resumesAt, error.Words);
        throw Refusals.Of(call, answer, error);
    }

    private void ThrowIfLimited(GitHubCall call)
    {
        if (Limits.ResumesAt(call) is { } resumesAt) throw RateLimits.Failure(call, resumesAt, string.Empty);
    }

    private static bool MayTryAgain(GitHubCall call, GitHubFailure failure) =>
        call.IsRead ? failure.IsPassing : failure.Kind == GitHubFailureKind.Unreachable;

    // Cut JSON is an answer that broke off; whole JSON of another shape is not GitHub's.
    private static T Parse<T>(GitHubCall call, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw IsWhole(body)
                ? new GitHubFailure($"GitHub could not {call.Purpose}: its answer lacks what it should hold. Is forge.api right?", e) { Kind = GitHubFailureKind.NotGitHub }
                : new GitHubFailure($"GitHub could not {call.Purpose}: its answer broke off.", e) { Kind = GitHubFailureKind.Interrupted };
        }
    }

    private static bool IsWhole(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>What was received.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Answer">How it came.</param>
/// <param name="Unchanged">Whether it is the answer from before, confirmed.</param>
internal sealed record Received<T>(T Value, GitHubAnswer Answer, bool Unchanged);
