using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>
/// Signs chains. <c>git fast-import</c> can't, so it writes blobs, trees and unsigned commits, and each commit is made again by
/// <c>git commit-tree -S</c> on the signed one before it. A signature is another one each time, and so are the ids.
/// </summary>
internal sealed class Signer(GitProgram git, string folder)
{
    /// <summary>Makes the chain's commits again, signed.</summary>
    /// <param name="chain">The chain, with a key.</param>
    /// <param name="unsigned">The ids of its unsigned commits.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The ids of the signed ones; the chain's work ref points at the last.</returns>
    public async Task<ImmutableArray<ObjectId>> SignAsync(CommitChain chain, ImmutableArray<ObjectId> unsigned, CancellationToken cancellation)
    {
        var ids = ImmutableArray.CreateBuilder<ObjectId>(unsigned.Length);
        for (var i = 0; i < unsigned.Length; i++)
            ids.Add(await CommitAsync(chain, i, (unsigned[i], i == 0 ? chain.Parent : ids[i - 1]), cancellation));
        await git.RunAsync(Call($"keep {chain.Target}", ["update-ref", "--no-deref", chain.Target.Work, ids[^1].Text]), cancellation);
        return ids.MoveToImmutable();
    }

    private async Task<ObjectId> CommitAsync(CommitChain chain, int index, (ObjectId Unsigned, ObjectId? Parent) commit, CancellationToken cancellation)
    {
        ImmutableArray<string> parents = commit.Parent is null ? [] : ["-p", commit.Parent.Text];
        var call = Call($"sign a commit for {chain.Target}", [.. chain.Signing!.Options, "commit-tree", "-S", .. parents, commit.Unsigned.Text + "^{tree}"]) with
        {
            Input = Encoding.UTF8.GetBytes(chain.Commits[index].Message),
            Variables = chain.Identity.Variables(chain.Date),
        };
        var answer = await git.RunAsync(call, cancellation);
        return ObjectId.TryParse(Encoding.ASCII.GetString(answer.Output.Span).Trim()) ?? throw GitProgram.FailureOf(call, answer);
    }

    private GitCall Call(string purpose, ImmutableArray<string> arguments) => new() { Purpose = purpose, Arguments = arguments, Folder = folder };
}
