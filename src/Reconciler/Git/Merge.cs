using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>A merge commit to be made: <paramref name="Branch"/> into <paramref name="Onto"/>, as a forge's merge button does it.</summary>
internal sealed record MergeWish(ObjectId Onto, ObjectId Branch)
{
    public required Identity Identity { get; init; }

    public required GitDate Date { get; init; }

    public required string Message { get; init; }
}

/// <summary>What came of a merge.</summary>
internal abstract record MergeOutcome
{
    /// <summary>A commit with both as parents; no ref points at it yet.</summary>
    internal sealed record Merged(ObjectId Commit, ObjectId Tree) : MergeOutcome;

    /// <summary>Both sides changed these paths in ways that don't go together; nothing was made.</summary>
    internal sealed record Conflicting(ImmutableArray<string> Paths) : MergeOutcome;

    /// <summary>The branch has nothing that is not there already.</summary>
    internal sealed record AlreadyMerged : MergeOutcome;
}

/// <summary>Merges without a work tree (git 2.38 or newer).</summary>
internal sealed class Merge(GitProgram git, string folder)
{
    /// <summary>The best common ancestor; null: the two have no history in common.</summary>
    public async Task<ObjectId?> FindBaseAsync(ObjectId one, ObjectId other, CancellationToken cancellation)
    {
        var call = Call($"find where {one} and {other} part", ["merge-base", "--end-of-options", one.Text, other.Text]) with { Answers = [0, 1] };
        var answer = await git.RunAsync(call, cancellation);
        return ObjectId.TryParse(Encoding.ASCII.GetString(answer.Output.Span).Split('\n')[0]);
    }

    public async Task<MergeOutcome> RunAsync(MergeWish wish, CancellationToken cancellation)
    {
        if (await FindBaseAsync(wish.Onto, wish.Branch, cancellation) == wish.Branch)
        {
            return new MergeOutcome.AlreadyMerged();
        }

        var call = Call($"merge {wish.Branch} into {wish.Onto}",
            ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", "--end-of-options", wish.Onto.Text, wish.Branch.Text]);
        var answer = await git.RunAsync(call with { Answers = [0, 1] }, cancellation);
        var parts = Encoding.UTF8.GetString(answer.Output.Span).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var tree = ObjectId.TryParse(parts.FirstOrDefault()) ?? throw GitProgram.FailureOf(call, answer);
        return answer.ExitCode == 1
            ? new MergeOutcome.Conflicting([.. parts.Skip(1).Distinct(StringComparer.Ordinal)])
            : new MergeOutcome.Merged(await CommitAsync(wish, tree, cancellation), tree);
    }

    private async Task<ObjectId> CommitAsync(MergeWish wish, ObjectId tree, CancellationToken cancellation)
    {
        var call = Call($"write the merge of {wish.Branch}", ["commit-tree", "-p", wish.Onto.Text, "-p", wish.Branch.Text, tree.Text]) with
        {
            Input = Encoding.UTF8.GetBytes(wish.Message),
            Variables = wish.Identity.Variables(wish.Date),
        };
        var answer = await git.RunAsync(call, cancellation);
        return ObjectId.TryParse(Encoding.ASCII.GetString(answer.Output.Span).Trim()) ?? throw GitProgram.FailureOf(call, answer);
    }

    private GitCall Call(string purpose, ImmutableArray<string> arguments) => new() { Purpose = purpose, Arguments = arguments, Folder = folder };
}
