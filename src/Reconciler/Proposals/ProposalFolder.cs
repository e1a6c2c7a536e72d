using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Proposals without a forge (<c>forge: {kind: none}</c>): each branch has a Markdown file in a folder.</summary>
/// <param name="folder">The folder; made when the first proposal is written.</param>
internal sealed class ProposalFolder(string folder) : IPullRequests
{
    private const string Ending = ".md";

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
            open.Add(Of(branch, path, await File.ReadAllTextAsync(path, cancellationToken)));
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
        File.Delete(PathOf(proposal.Branch));
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
        var draft = path + ".new";
        await File.WriteAllTextAsync(draft, Page(text), cancellationToken);
        File.Move(draft, path, overwrite: true);
    }

    private string PathOf(string branch)
    {
        var parts = branch.Split('/');
        return Path.Combine(folder, parts[^2], parts[^1] + Ending);
    }
}
