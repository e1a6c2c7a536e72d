using System.Collections.Immutable;
using System.Text;

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
        if (string.Equals(await ReadAsync(path, cancellationToken), page, StringComparison.Ordinal))
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

    // Sharing everything takes no lock, so that a pass that writes just now is not in the way.
    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return null;
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return await reader.ReadToEndAsync(cancellationToken);
    }

    // The old file or the new one, whole, whenever this is killed. The draft's name is fixed, so that no pass leaves one for ever.
    private static async Task WriteAsync(string path, string page, CancellationToken cancellationToken)
    {
        var draft = path + ".new";
        await using var file = Take(draft);
        if (file is null) return;
        file.SetLength(0);
        await file.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken);
        await file.FlushAsync(cancellationToken);
        try
        {
            File.Move(draft, path, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another pass moved this very file into place between our opening and our locking it.
        }
    }

    // Null: another pass writes the same proposal at this moment.
    private static FileStream? Take(string draft)
    {
        try
        {
            return new FileStream(draft, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(draft))
        {
            return null;
        }
    }
}
