using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Proposals without a forge (<c>forge: {kind: none}</c>): each branch has a Markdown file in a folder.</summary>
/// <param name="folder">The folder; made when the first proposal is written.</param>
internal sealed class ProposalFolder(string folder) : IPullRequests
{
    private const string Ending = ".md";

    /// <inheritdoc/>
    public async Task<ProposalReceipt> ProposeAsync(ProposalText text, CancellationToken cancellationToken)
    {
        var path = PathOf(text.Branch);
        var page = $"# {text.Title}\n\nBranch `{text.Branch}`, to be merged into `{text.Base}`.\n\n{text.Body}";
        if (File.Exists(path) && string.Equals(await File.ReadAllTextAsync(path, cancellationToken), page, StringComparison.Ordinal))
            return new ProposalReceipt(text.Branch, path, Written: false);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        await File.WriteAllTextAsync(draft, page, cancellationToken);
        File.Move(draft, path, overwrite: true);
        return new ProposalReceipt(text.Branch, path, Written: true);
    }

    /// <inheritdoc/>
    public Task CloseAsync(string branch, string because, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(branch));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> OpenAsync(string target, CancellationToken cancellationToken)
    {
        var home = Path.Combine(folder, target);
        ImmutableArray<string> open = !Directory.Exists(home)
            ? []
            : [.. Directory.EnumerateFiles(home, "*" + Ending).Select(Name).Order(StringComparer.Ordinal)];
        return Task.FromResult(open);

        string Name(string path) => ChangeSet.BranchPrefix(target) + Path.GetFileName(path)[..^Ending.Length];
    }

    private string PathOf(string branch)
    {
        var parts = branch.Split('/');
        return Path.Combine(folder, parts[^2], parts[^1] + Ending);
    }
}
