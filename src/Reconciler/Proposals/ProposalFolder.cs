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
    public async Task<ProposalReceipt> ProposeAsync(ProposalText text, CancellationToken cancellationToken)
    {
        var path = PathOf(text.Branch);
        var page = $"# {text.Title}\n\nBranch `{text.Branch}`, to be merged into `{text.Base}`.\n\n{text.Body}";
        if (File.Exists(path) && string.Equals(await File.ReadAllTextAsync(path, cancellationToken), page, StringComparison.Ordinal))
            return new ProposalReceipt(text.Branch, path, Written: false);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WriteAsync(path, page, cancellationToken);
        return new ProposalReceipt(text.Branch, path, Written: true);
    }

    /// <inheritdoc/>
    public Task CloseAsync(string branch, string because, CancellationToken cancellationToken)
    {
        var path = PathOf(branch);
        if (File.Exists(path)) File.Delete(path); // a missing folder would be an error to Delete, a missing file is none
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
