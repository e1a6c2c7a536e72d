using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OdooSky.GitOps.Reconciler.Status.Views;

/// <summary>
/// What a page shows, as data: the page is made of it, and its JSON twin is it. All are described in docs/reference/status-page.md. Times are
/// UTC to the second, <c>2026-11-26T10:00:00Z</c>; what isn't known or doesn't apply is null.
/// </summary>
internal abstract record StatusView
{
    /// <summary>The format's name.</summary>
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; } = "odoosky.io/v1";

    /// <summary>Which page it is.</summary>
    [JsonPropertyOrder(-2)]
    public abstract string Kind { get; }

    /// <summary>How much there is on all pages.</summary>
    [JsonPropertyOrder(-1)]
    public required StatusNumbers Numbers { get; init; }
}

/// <summary>How much there is of everything, over all targets.</summary>
/// <param name="Instances">Instances that are wished or found.</param>
/// <param name="Changes">Change sets: branches that are there or wanted.</param>
/// <param name="Drift">Drift findings.</param>
/// <param name="Declined">Changes that people said no to.</param>
/// <param name="Problems">Problems, failed jobs and plans that a guard holds.</param>
internal sealed record StatusNumbers(int Instances, int Changes, int Drift, int Declined, int Problems);

/// <summary>One page of a list that may be long.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Matches">How many there are on all pages.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Pages">How many pages, at least 1.</param>
/// <param name="Items">What is on this one.</param>
internal sealed record Paged<T>(int Matches, int Page, int Pages, ImmutableArray<T> Items)
{
    /// <summary>Cuts a page out of a list; a page that is not there becomes the nearest one.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="page">Which page is asked for.</param>
    /// <param name="size">How many items a page has.</param>
    /// <returns>The page.</returns>
    public static Paged<T> Of(IReadOnlyList<T> all, int page, int size)
    {
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var at = Math.Clamp(page, 1, pages);
        return new Paged<T>(all.Count, at, pages, [.. all.Skip((at - 1) * size).Take(size)]);
    }
}

/// <summary>The first page: the whole fleet.</summary>
internal sealed record OverviewView : StatusView
{
    /// <inheritdoc/>
    public override string Kind => "StatusOverview";

    /// <summary>What the list of instances is filtered by.</summary>
    public required StatusFilter Filter { get; init; }

    /// <summary>How many instances have which verdict; those with none are left out.</summary>
    public required ImmutableArray<VerdictCount> Verdicts { get; init; }

    /// <summary>Restarts of the last two weeks, and those that wait.</summary>
    public required RestartsView Restarts { get; init; }

    /// <summary>The targets, in order of name.</summary>
    public required ImmutableArray<TargetView> Targets { get; init; }

    /// <summary>The rings of all targets, in their order.</summary>
    public required ImmutableArray<string> Rings { get; init; }

    /// <summary>The instances that the filter lets through: those that are not well first, then those under way, then by code.</summary>
    public required Paged<InstanceLine> Instances { get; init; }
}

/// <summary>What a list is filtered by; empty: by nothing.</summary>
/// <param name="Q">Text that code, ring, reason, change or request holds, without regard to case.</param>
/// <param name="Verdict">A verdict.</param>
/// <param name="Ring">A ring's name.</param>
/// <param name="Target">A target's name.</param>
/// <param name="Page">Which page, from 1.</param>
internal sealed record StatusFilter(string Q, string Verdict, string Ring, string Target, [property: JsonIgnore] int Page);

/// <summary>How many instances have a verdict.</summary>
/// <param name="Verdict">The verdict, or <c>NotVerified</c>: no cluster is named, or nobody looked yet.</param>
/// <param name="Count">How many.</param>
internal sealed record VerdictCount(string Verdict, int Count);

/// <summary>Restarts that merged changes asked for.</summary>
/// <param name="Waiting">Instances that would restart by changes that are not merged.</param>
/// <param name="AskedFor">Asked for by merges of these days.</param>
/// <param name="Done">Proven done in these days.</param>
/// <param name="Days">The last 14 days, today last; UTC.</param>
internal sealed record RestartsView(int Waiting, int AskedFor, int Done, ImmutableArray<RestartDay> Days);

/// <summary>The restarts of a day.</summary>
/// <param name="Day">The day, <c>2026-11-26</c>.</param>
/// <param name="AskedFor">Asked for by what was merged on this day.</param>
/// <param name="Done">Proven done on this day.</param>
internal sealed record RestartDay(string Day, int AskedFor, int Done);

/// <summary>A target and its jobs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Branch">The base branch; null before the first pass.</param>
/// <param name="Commit">The base head that the newest pass planned on; null before the first pass.</param>
/// <param name="Instances">How many instances it has.</param>
/// <param name="Trouble">Why nothing is proposed: maintenance, the desired state can't be trusted, or a guard holds the plan; null: nothing is wrong.</param>
/// <param name="Jobs">Its jobs.</param>
internal sealed record TargetView(string Name, string? Branch, string? Commit, int Instances, string? Trouble, ImmutableArray<JobView> Jobs)
{
    /// <summary>Which replica works on it; null where there is one.</summary>
    public string? Replica { get; init; }

    /// <summary>When the replica that is asked read it by itself, since another one works on it; null: it works on it itself, or has not read it yet.</summary>
    public string? ReadHere { get; init; }

    /// <summary>Whether another replica works on it than the one that is asked.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>A job of a target.</summary>
/// <param name="Job"><c>reconcile</c>, <c>verify</c>, <c>drift</c> or <c>upkeep</c>.</param>
/// <param name="LastRun">When its newest run began.</param>
/// <param name="TookSeconds">How long that took.</param>
/// <param name="Failure">Why that failed; null: it did not.</param>
/// <param name="LastSuccess">When the newest run began that did not fail.</param>
/// <param name="NextRun">When it runs next.</param>
/// <param name="RunningSince">Since when it runs; null: it does not.</param>
internal sealed record JobView(
    string Job, string? LastRun, double? TookSeconds, string? Failure, string? LastSuccess, string? NextRun, string? RunningSince);

/// <summary>An instance in a list.</summary>
internal sealed record InstanceLine
{
    /// <summary>Its target.</summary>
    public required string Target { get; init; }

    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its ring.</summary>
    public string? Ring { get; init; }

    /// <summary>Whether it is live, as <c>verify</c> says it; <c>NotVerified</c>: no cluster is named, or nobody looked yet.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public string? Reason { get; init; }

    /// <summary>What the word can't say.</summary>
    public string? Detail { get; init; }

    /// <summary>What is to happen to the overlay, as in a plan; null: no plan has it.</summary>
    public string? Action { get; init; }

    /// <summary>That in a sentence.</summary>
    public string? Sentence { get; init; }

    /// <summary>Whether that restarts pods: <c>yes</c>, <c>no</c>, <c>audit-only</c>, <c>unknown</c>; null: nothing is to change.</summary>
    public string? Restarts { get; init; }

    /// <summary>The hash of the addons: as desired, or as on base where nothing else is desired.</summary>
    public string? Hash { get; init; }

    /// <summary>The change set that carries it.</summary>
    public ChangeLink? Change { get; init; }

    /// <summary>Why the change is not proposed.</summary>
    public string? Held { get; init; }

    /// <summary>0: not well, 1: under way, 2: well.</summary>
    [JsonIgnore]
    public int Rank { get; init; }
}

/// <summary>The way to a change set.</summary>
/// <param name="Name">Its name: <c>i-acme</c>, <c>r-canary</c>, <c>all-1</c>.</param>
/// <param name="State">Where it stands, in words for people.</param>
/// <param name="PullRequest">Its pull request.</param>
internal sealed record ChangeLink(string Name, string State, PullRequestLink? PullRequest);

/// <summary>The way to a pull request.</summary>
/// <param name="Number">Its number; null where the forge has not said it yet, or there is no forge.</param>
/// <param name="Location">A page's address, or a file's path.</param>
internal sealed record PullRequestLink(int? Number, string Location);
