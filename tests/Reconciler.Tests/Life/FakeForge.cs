using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Proposals;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>Thrown where a test ends a pass: the process is gone.</summary>
internal sealed class Killed(string point) : Exception(point);

/// <summary>A forge in memory beside a real repository: it has GitHub's manners, and can kill whoever asks.</summary>
internal sealed class FakeForge(LifeFleet fleet) : IPullRequests
{
    private readonly SortedDictionary<int, Proposal> all = [];
    private int last;

    /// <summary>Every write, in words, in order.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>The comments of a pull request by kind.</summary>
    public Dictionary<(int Number, string Kind), string> Comments { get; } = [];

    /// <summary>Kills at this write, counted from now: even before it happens, odd after it; null: never.</summary>
    public int? KillAt { get; set; }

    /// <summary>What goes wrong with what is asked for, in words as in <see cref="Writes"/>, before it happens or after; null: nothing.</summary>
    public Func<string, Exception?> Trouble { get; set; } = static _ => null;

    public bool IsForge => true;

    public IEnumerable<Proposal> All => all.Values;

    public IEnumerable<Proposal> Open => all.Values.Where(proposal => proposal.State == ProposalState.Open);

    public Proposal Of(int number) => all[number];

    public void Set(Proposal proposal) => all[proposal.Number] = proposal;

    /// <summary>Loses a pull request that ended long ago, with its comments.</summary>
    public void Forget(int number)
    {
        all.Remove(number);
        foreach (var comment in Comments.Keys.Where(comment => comment.Number == number).ToList()) Comments.Remove(comment);
    }

    public Task<ImmutableArray<Proposal>> ObserveAsync(string target, CancellationToken cancellationToken)
    {
        LookAtBranches();
        return Trouble("before observe") is { } trouble ? Task.FromException<ImmutableArray<Proposal>>(trouble) : Task.FromResult(all.Values.ToImmutableArray());
    }

    public Task<Proposal> OpenAsync(ProposalText text, CancellationToken cancellationToken)
    {
        var there = Open.FirstOrDefault(proposal => proposal.Branch == text.Branch && !proposal.IsForeign);
        if (there is not null) return Task.FromResult(there);
        if (fleet.Head(text.Branch) is not { } head) throw new ProposalRefusal($"no branch {text.Branch}");
        var number = Math.Max(last, all.Keys.LastOrDefault()) + 1;
        _ = Write($"open {text.Branch}", () => all[last = number] = new Proposal
        {
            Number = number,
            Branch = text.Branch,
            State = ProposalState.Open,
            Head = head,
            Title = text.Title,
            Body = text.Body,
            CreatedAt = fleet.Time.GetUtcNow(),
            IsDraft = text.Draft,
            Location = $"https://forge.example/pull/{number}",
        });
        return Task.FromResult(all[number]);
    }

    public Task UpdateAsync(Proposal proposal, ProposalText text, CancellationToken cancellationToken) =>
        Write($"update #{proposal.Number}", () => all[proposal.Number] = all[proposal.Number] with { Title = text.Title, Body = text.Body });

    public Task CloseAsync(Proposal proposal, string body, CancellationToken cancellationToken) => Write(
        $"close #{proposal.Number}",
        () => all[proposal.Number] = all[proposal.Number] with { State = ProposalState.Closed, Body = body, EndedAt = fleet.Time.GetUtcNow() });

    public Task LabelAsync(Proposal proposal, LabelChange change, CancellationToken cancellationToken) => Write(
        $"label #{proposal.Number} +{string.Join('+', change.Add)} -{string.Join('-', change.Remove)}",
        () => all[proposal.Number] = all[proposal.Number] with { Labels = all[proposal.Number].Labels.Union(change.Add).Except(change.Remove) });

    public Task<string> AskAsync(Proposal proposal, ImmutableArray<string> reviewers, ImmutableArray<string> assignees, CancellationToken cancellationToken) =>
        Task.FromResult(string.Empty);

    public Task CommentAsync(Proposal proposal, string kind, string text, CancellationToken cancellationToken) =>
        Comments.GetValueOrDefault((proposal.Number, kind)) == text ? Task.CompletedTask : Write($"comment #{proposal.Number} {kind}", () => Comments[(proposal.Number, kind)] = text);

    public Task<string> AutoMergeAsync(Proposal proposal, bool on, CancellationToken cancellationToken)
    {
        _ = Write($"auto-merge #{proposal.Number} {on}", () => all[proposal.Number] = all[proposal.Number] with { MergesItself = on });
        return Task.FromResult(string.Empty);
    }

    /// <summary>The mark of each commit.</summary>
    public Dictionary<string, CommitMark> Marks { get; } = new(StringComparer.Ordinal);

    public Task MarkAsync(string commit, CommitMark mark, CancellationToken cancellationToken) =>
        Marks.GetValueOrDefault(commit) == mark ? Task.CompletedTask : Write($"mark {commit[..7]} {mark.State}", () => Marks[commit] = mark);

    // A forge follows its branches, and closes what lost its own.
    public void LookAtBranches()
    {
        var heads = fleet.Heads();
        foreach (var proposal in Open.Where(proposal => !proposal.IsForeign).ToList())
        {
            all[proposal.Number] = heads.TryGetValue(proposal.Branch, out var head)
                ? proposal with { Head = head }
                : proposal with { State = ProposalState.Closed, EndedAt = fleet.Time.GetUtcNow() };
        }
    }

    private Task Write(string what, Action act)
    {
        Kill($"before {what}");
        Writes.Add(what);
        act();
        Kill($"after {what}");
        return Task.CompletedTask;
    }

    private void Kill(string point)
    {
        if (Trouble(point) is { } trouble) throw trouble;
        if (KillAt is null) return;
        if (KillAt-- == 0) throw new Killed(point);
    }
}
