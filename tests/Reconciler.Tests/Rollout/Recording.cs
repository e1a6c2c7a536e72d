using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Rollout;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

/// <summary>A commit of a recording.</summary>
internal sealed record RecordedCommit(string Sha, ImmutableArray<string> Parents, DateTimeOffset CommittedAt, string? OverlayBlob, string? Hash);

/// <summary>A pushed overlay commit, and what a careful person says of it over time.</summary>
internal sealed record RecordedChange(string Sha, string Label, string? Hash, string Blob, long PushedMs, ImmutableArray<RecordedVerdict> Timeline);

/// <summary>A verdict of a careful person from a moment on.</summary>
internal sealed record RecordedVerdict(long FromMs, string Verdict, string Reason);

/// <summary>One line of <c>events.jsonl</c>.</summary>
internal sealed record RecordedEvent(long Ms, string Kind, string Type, JsonNode Object);

/// <summary>A folder of recordings, read whole.</summary>
internal sealed class Recording
{
    private readonly Dictionary<string, RecordedCommit> commits;
    private readonly JsonNode git;

    private Recording(string folder)
    {
        git = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "git.json")))!;
        commits = git["commits"]!.AsArray().Select(Commit).ToDictionary(commit => commit.Sha, StringComparer.Ordinal);
        Changes = [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expect.json")))!["targets"]!.AsArray().Select(Change)];
        Events = [.. ReadEvents(folder)];
        var first = Events.First(read => read.Kind == "Application");
        Start = DateTimeOffset.Parse((string)first.Object["metadata"]!["creationTimestamp"]!, CultureInfo.InvariantCulture).AddMilliseconds(-first.Ms);
    }

    public ImmutableArray<RecordedChange> Changes { get; }

    public ImmutableArray<RecordedEvent> Events { get; }

    /// <summary>The wall-clock time of 0 ms, to a second.</summary>
    public DateTimeOffset Start { get; }

    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static Recording Read(string name) => new(Path.Combine(Root, name));

    /// <summary>The head of the branch at a moment: what was pushed last.</summary>
    public string HeadAt(long ms) =>
        (string)Events.Last(read => read.Ms <= ms && read is { Kind: "Action", Type: "push" or "merge-pushed" }).Object["sha"]!;

    /// <summary>What the change promised, as known at a moment: later changes count once they are pushed.</summary>
    public RolloutExpectation Promise(RecordedChange change, long ms)
    {
        var index = Changes.IndexOf(change);
        var next = Changes.Skip(index + 1).FirstOrDefault(later => later.PushedMs <= ms && later.Blob != change.Blob);
        return new RolloutExpectation
        {
            Code = InstanceCode.TryParse((string)git["instance"]!)!,
            Overlay = new OverlayPlace(Repository(change), (string)git["overlayPath"]!),
            Commit = change.Sha,
            LandedAt = commits[change.Sha].CommittedAt,
            OverlayBlob = change.Blob,
            Hash = change.Hash is { } hash ? ExpectedHash.Of(hash) : ExpectedHash.Uncertain("the overlay does not render"),
            HashChanged = index == 0 || Changes[index - 1].Hash != change.Hash,
            NextChange = next is null ? null : new LandedCommit(next.Sha, commits[next.Sha].CommittedAt),
            Revisions = Facts(change.Sha),
            LastRestart = new RestartingChange(change.Sha, Facts(change.Sha)),
        };
    }

    private RevisionFacts Facts(string ours) => new(commits.Values.ToImmutableDictionary(
        commit => commit.Sha,
        commit => new RevisionFact(Contains(commit.Sha, ours) ? RevisionRelation.Contains : RevisionRelation.Lacks, commit.OverlayBlob),
        StringComparer.Ordinal));

    private bool Contains(string revision, string ours) =>
        revision == ours || (commits.TryGetValue(revision, out var commit) && commit.Parents.Any(parent => Contains(parent, ours)));

    private string Repository(RecordedChange change) =>
        (string)git["commits"]!.AsArray().First(commit => (string)commit!["sha"]! == change.Sha)!["repo"]!;

    private static RecordedCommit Commit(JsonNode? o) => new(
        (string)o!["sha"]!,
        [.. o["parents"]!.AsArray().Select(parent => (string)parent!)],
        DateTimeOffset.Parse((string)o["committedAt"]!, CultureInfo.InvariantCulture),
        (string?)o["overlayBlob"],
        (string?)o["expectedHash"]);

    private static RecordedChange Change(JsonNode? o) => new(
        (string)o!["sha"]!, (string)o["label"]!, (string?)o["expectedHash"], (string)o["overlayBlob"]!, (long)o["pushedMs"]!,
        [.. o["timeline"]!.AsArray().Select(item => new RecordedVerdict((long)item!["fromMs"]!, (string)item["verdict"]!, (string)item["reason"]!))]);

    private static IEnumerable<RecordedEvent> ReadEvents(string folder)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "events.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var o = JsonNode.Parse(line)!;
            yield return new RecordedEvent((long)o["ms"]!, (string)o["kind"]!, (string)o["type"]!, o["object"]!);
        }
    }
}
