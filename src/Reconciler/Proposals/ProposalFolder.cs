using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Proposals without a forge (<c>forge: {kind: none}</c>): each branch has a Markdown file in a folder.</summary>
/// <param name="folder">The folder; made when the first proposal is written.</param>
internal sealed class ProposalFolder(string folder) : IPullRequests
{
    private const string Ending = ".md";
    private const string DraftEnding = ".new";

    /// <inheritdoc/>
    public bool IsForge => false;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Proposal>> ObserveAsync(string target, CancellationToken cancellationToken)
    {
        var home = Path.Combine(folder, target);
        if (!Directory.Exists(home)) return [];
        var open = ImmutableArray.CreateBuilder<Proposal>();
        foreach (var path in Directory.EnumerateFiles(home, "*" + Ending).Order(StringComparer.Ordinal))
        {
            var branch = ChangeSet.BranchPrefix(target) + Path.GetFileName(path)[..^Ending.Length];
            if (await ReadAsync(path, cancellationToken) is { } page) open.Add(Of(branch, path, page));
        }

        return open.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<Proposal> OpenAsync(ProposalText text, CancellationToken cancellationToken)
    {
        await WriteAsync(text, cancellationToken);
        return Of(text.Branch, PathOf(text.Branch), Page(text));
    }

    /// <inheritdoc/>
    public Task UpdateAsync(Proposal proposal, ProposalText text, CancellationToken cancellationToken) => WriteAsync(text, cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(Proposal proposal, string body, CancellationToken cancellationToken)
    {
        var path = PathOf(proposal.Branch);
        if (File.Exists(path)) File.Delete(path); // a missing folder would be an error to Delete, a missing file is none
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task LabelAsync(Proposal proposal, LabelChange change, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<string> AskAsync(Proposal proposal, ImmutableArray<string> reviewers, ImmutableArray<string> assignees, CancellationToken cancellationToken) =>
        Task.FromResult(string.Empty);

    /// <inheritdoc/>
    public Task CommentAsync(Proposal proposal, string kind, string text, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<string> AutoMergeAsync(Proposal proposal, bool on, CancellationToken cancellationToken) => Task.FromResult(string.Empty);

    /// <inheritdoc/>
    public Task MarkAsync(string commit, CommitMark mark, CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Page(ProposalText text) => $"# {text.Title}\n\nBranch `{text.Branch}`, to be merged into `{text.Base}`.\n\n{text.Body}";

    private static Proposal Of(string branch, string path, string page)
    {
        var parts = page.Split("\n\n", 3);
        return new Proposal
        {
            Number = 0,
            Branch = branch,
            State = ProposalState.Open,
            Title = parts[0].TrimStart('#', ' '),
            Body = parts.Length == 3 ? parts[2] : string.Empty,
            Location = path,
        };
    }

    private async Task WriteAsync(ProposalText text, CancellationToken cancellationToken)
    {
        var path = PathOf(text.Branch);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WriteAsync(path, Page(text), cancellationToken);
    }

    private string PathOf(string branch)
    {
        var parts = branch.Split('/');
        return Path.Combine(folder, parts[^2], parts[^1] + Ending);
    }

    // Sharing everything takes no lock, so that a pass that writes just now is not in the way.
    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return null;
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return await reader.ReadToEndAsync(cancellationToken);
    }

    // The old file or the new one, whole, whenever this is killed. The draft is named by its content: two passes with one wish
    // write the same bytes to the same place, and need no lock.
    private static async Task WriteAsync(string path, string page, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        var draft = $"{path}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}{DraftEnding}";
        await using (var file = new FileStream(draft, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            await file.WriteAsync(bytes, cancellationToken);
        try
        {
            File.Move(draft, path, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another pass has moved it into place already.
        }

        DropDrafts(path);
    }

    // What killed passes left behind.
    private static void DropDrafts(string path)
    {
        foreach (var draft in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{DraftEnding}")) File.Delete(draft);
    }
}
