using System.Collections.Concurrent;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Something that happened at the stand-in.</summary>
/// <param name="Number">Its place in the order, from 1.</param>
/// <param name="At">When, on the stand-in's clock.</param>
/// <param name="Who">The login; <c>-</c> for nobody known.</param>
/// <param name="What">A request's endpoint (<c>POST /repos/{owner}/{repo}/pulls</c>) or an event's sentence.</param>
internal sealed record Happening(int Number, DateTimeOffset At, string Who, string What)
{
    /// <summary>The path as asked, with its query; null for an event.</summary>
    public string? Path { get; init; }

    /// <summary>The status answered; 0 when the answer was never sent; null for an event.</summary>
    public int? Status { get; init; }

    /// <summary>Whether it is a request, not an event.</summary>
    public bool IsRequest => Path is not null;

    /// <summary>A request that wants to change something.</summary>
    public bool IsWrite => IsRequest && !What.StartsWith("GET ", StringComparison.Ordinal) && !What.EndsWith("git-upload-pack", StringComparison.Ordinal);

    public override string ToString() => IsRequest ? $"{Number} {Who} {What} {Path} -> {Status}" : $"{Number} {Who} {What}";
}

/// <summary>What happened, in order: requests with their answers, and what people and GitHub itself did.</summary>
/// <param name="time">Dates it.</param>
internal sealed class EventLog(TimeProvider time)
{
    private readonly ConcurrentQueue<Happening> all = new();
    private int last;

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<Happening> All => [.. all];

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<Happening> Requests => [.. all.Where(one => one.IsRequest)];

    /// <summary>How often an endpoint was asked: <c>POST /repos/{owner}/{repo}/pulls</c>.</summary>
    public int Count(string endpoint) => all.Count(one => one.IsRequest && one.What == endpoint);

    /// <summary>Requests by endpoint.</summary>
    public IReadOnlyDictionary<string, int> Counts =>
        all.Where(one => one.IsRequest).GroupBy(one => one.What, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    /// <summary>Forgets everything so far; numbers go on.</summary>
    public void Clear() => all.Clear();

    /// <summary>Writes down an event.</summary>
    public void Note(string who, string what) => all.Enqueue(new Happening(Interlocked.Increment(ref last), time.GetUtcNow(), who, what));

    /// <summary>Writes down a request.</summary>
    public void Request(string who, string endpoint, string path, int status) =>
        all.Enqueue(new Happening(Interlocked.Increment(ref last), time.GetUtcNow(), who, endpoint) { Path = path, Status = status });
}
