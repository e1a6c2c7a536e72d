using System.Collections.Immutable;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Sandbox;

/// <summary>Makes a real Git repository of the example that lies beside the program.</summary>
/// <param name="git">The git program.</param>
internal sealed class ExampleRepository(GitProgram git)
{
    private static readonly string[] Author =
    [
        "-c", "user.name=Platform Team", "-c", "user.email=platform@example.com", "-c", "commit.gpgSign=false",
        "-c", "core.autocrlf=false", "-c", "init.defaultBranch=main", "-c", "core.safecrlf=false",
    ];

    /// <summary>The example's files.</summary>
    public static string Source { get; } = Path.Combine(AppContext.BaseDirectory, "example");

    /// <summary>Makes a bare repository whose branch <c>main</c> holds the example in one commit.</summary>
    /// <param name="folder">An empty or missing folder; gets <c>fleet.git</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The bare repository's path.</returns>
    public async Task<string> MakeAsync(string folder, CancellationToken cancellationToken)
    {
        var bare = Path.Combine(folder, "fleet.git");
        Directory.CreateDirectory(bare);
        await RunAsync("make a repository", null, cancellationToken, "init", "--quiet", "--bare", "--", bare);
        await RunAsync("add the example's files", bare, cancellationToken, "--work-tree", Source, "add", "--all", "--force", ".");
        await RunAsync("commit the example", bare, cancellationToken, "--work-tree", Source, "commit", "--quiet", "--message", "Begin with the example fleet");
        return bare;
    }

    /// <summary>The example's files: path and text.</summary>
    public static ImmutableArray<(string Path, string? Text)> Files() =>
    [
        .. Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Source, file).Replace('\\', '/'), (string?)Encoding.UTF8.GetString(File.ReadAllBytes(file)))),
    ];

    /// <summary>Copies a repository with all of its refs.</summary>
    /// <param name="from">The repository.</param>
    /// <param name="to">A missing folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken) =>
        await RunAsync("copy the repository", null, cancellationToken, "-c", "protocol.file.allow=always", "clone", "--quiet", "--mirror", "--", from, to);

    /// <summary>Somebody changes a file of <c>main</c>.</summary>
    /// <param name="bare">The repository.</param>
    /// <param name="edit">The file's path, what stands in it, and what shall stand there.</param>
    /// <param name="message">The commit's message.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task ChangeAsync(string bare, (string Path, string From, string To) edit, string message, CancellationToken cancellationToken)
    {
        var before = await AskAsync("read a file", bare, string.Empty, cancellationToken, "cat-file", "blob", "main:" + edit.Path);
        var blob = await AskAsync("write a file", bare, before.Replace(edit.From, edit.To, StringComparison.Ordinal), cancellationToken, "hash-object", "-w", "--stdin");
        await AskAsync("read the tree", bare, string.Empty, cancellationToken, "read-tree", "main");
        await AskAsync("change the file", bare, string.Empty, cancellationToken, "update-index", "--cacheinfo", $"100644,{blob.Trim()},{edit.Path}");
        var tree = await AskAsync("write the tree", bare, string.Empty, cancellationToken, "write-tree");
        var commit = await AskAsync("commit", bare, message, cancellationToken, "commit-tree", "-p", "main", tree.Trim());
        await AskAsync("move main", bare, string.Empty, cancellationToken, "update-ref", "refs/heads/main", commit.Trim());
    }

    /// <summary>Somebody takes a folder out of <c>main</c>.</summary>
    /// <param name="bare">The repository.</param>
    /// <param name="path">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task RemoveAsync(string bare, string path, CancellationToken cancellationToken)
    {
        await RunAsync("take files out", bare, cancellationToken, "--work-tree", Source, "rm", "-r", "--quiet", "--cached", "--", path);
        await RunAsync("commit that", bare, cancellationToken, "--work-tree", Source, "commit", "--quiet", "--message", $"Keep {path} in the database");
    }

    /// <summary>Clones a repository as a person does, and fetches its notes.</summary>
    /// <param name="bare">The repository.</param>
    /// <param name="to">A missing folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task CloneAsync(string bare, string to, CancellationToken cancellationToken)
    {
        await RunAsync("clone the repository", null, cancellationToken, "-c", "protocol.file.allow=always", "clone", "--quiet", "--", bare, to);
        await RunAsync("fetch the notes", Path.Combine(to, ".git"), cancellationToken, "-c", "protocol.file.allow=always", "fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*");
    }

    /// <summary>Draws the repository's branches.</summary>
    /// <param name="bare">The repository.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Lines of <c>git log --graph</c>.</returns>
    public async Task<string> GraphAsync(string bare, CancellationToken cancellationToken)
    {
        var answer = await RunAsync("read the history", bare, cancellationToken, "log", "--graph", "--all", "--oneline", "--decorate=short");
        return Encoding.UTF8.GetString(answer.Output.Span).TrimEnd('\n');
    }

    private async Task<string> AskAsync(string purpose, string bare, string input, CancellationToken cancellationToken, params string[] arguments)
    {
        var call = new GitCall { Purpose = purpose, Folder = bare, Arguments = [.. Author, .. arguments], Input = Encoding.UTF8.GetBytes(input) };
        return Encoding.UTF8.GetString((await git.RunAsync(call, cancellationToken)).Output.Span);
    }

    private Task<GitAnswer> RunAsync(string purpose, string? folder, CancellationToken cancellationToken, params string[] arguments) =>
        git.RunAsync(new GitCall { Purpose = purpose, Folder = folder, Arguments = [.. Author, .. arguments] }, cancellationToken);
}
