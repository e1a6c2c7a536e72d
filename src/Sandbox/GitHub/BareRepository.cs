using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OdooSky.GitOps.Reconciler.Git;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The Git behind a repository of the stand-in; everything that GitHub does to history is done here by git itself.</summary>
/// <param name="git">The git program, on the real clock: a fake one must not end its processes.</param>
/// <param name="folder">The bare repository.</param>
/// <param name="time">Dates the commits.</param>
internal sealed class BareRepository(GitProgram git, string folder, TimeProvider time)
{
    private const string Web = "GitHub <noreply@github.com>";

    /// <summary>The bare repository's folder: a remote that tests may clone without a server.</summary>
    public string Folder => folder;

    /// <summary>What the refs say now.</summary>
    public RefFiles Refs { get; } = new(folder);

    /// <summary>Makes it, empty, with <c>main</c> as its first branch.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await RunAsync(null, cancellationToken, "-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--", folder);
    }

    /// <summary>Where a branch points, or null.</summary>
    public string? Head(string branch) => Refs.Read("refs/heads/" + branch);

    /// <summary>Moves a ref, or makes it; a null id deletes it.</summary>
    public async Task SetAsync(string name, string? id, CancellationToken cancellationToken) =>
        await RunAsync(folder, cancellationToken, id is null ? ["update-ref", "-d", name] : ["update-ref", name, id]);

    /// <summary>Whether everything of one commit is in another.</summary>
    public async Task<bool> ContainsAsync(string whole, string part, CancellationToken cancellationToken) =>
        (await AnswerAsync([0, 1], cancellationToken, "merge-base", "--is-ancestor", part, whole)).ExitCode == 0;

    /// <summary>The commit that two histories share last, or null.</summary>
    public async Task<string?> MergeBaseAsync(string one, string other, CancellationToken cancellationToken) =>
        Text(await AnswerAsync([0, 1], cancellationToken, "merge-base", one, other)) is { Length: > 0 } id ? id : null;

    /// <summary>The commits of a range, oldest first.</summary>
    public async Task<ImmutableArray<string>> CommitsAsync(string from, string to, CancellationToken cancellationToken) =>
        Lines(await RunAsync(folder, cancellationToken, "rev-list", "--reverse", to, "^" + from));

    /// <summary>The full name of a commit, or null when there is no such commit.</summary>
    public async Task<string?> ResolveAsync(string revision, CancellationToken cancellationToken) =>
        Text(await AnswerAsync([0, 1, 128], cancellationToken, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")) is { Length: > 0 } id ? id : null;

    /// <summary>Branches whose last commit is in a commit's history.</summary>
    public async Task<ImmutableHashSet<string>> LandedAsync(string commit, CancellationToken cancellationToken) =>
        [.. Lines(await RunAsync(folder, cancellationToken, "for-each-ref", "--merged=" + commit, "--format=%(refname)", "refs/heads", "refs/pull"))];

    /// <summary>The tree of both sides merged, or null on a conflict.</summary>
    public async Task<string?> MergeTreeAsync(string one, string other, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync([0, 1], cancellationToken, "merge-tree", "--write-tree", one, other);
        return answer.ExitCode == 0 ? Lines(answer)[0] : null;
    }

    /// <summary>The tree of a commit.</summary>
    public async Task<string> TreeAsync(string commit, CancellationToken cancellationToken) =>
        Text(await RunAsync(folder, cancellationToken, "rev-parse", commit + "^{tree}"));

    /// <summary>The message of a commit, as written.</summary>
    public async Task<string> MessageAsync(string commit, CancellationToken cancellationToken) =>
        Text(await RunAsync(folder, cancellationToken, "log", "-1", "--format=%B", commit));

    /// <summary>Writes a commit that GitHub makes on a person's behalf.</summary>
    /// <param name="tree">What it holds.</param>
    /// <param name="parents">Its parents, in order.</param>
    /// <param name="words">Its message and its author's login.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its id.</returns>
    public async Task<string> CommitAsync(string tree, ImmutableArray<string> parents, (string Message, string Author) words, CancellationToken cancellationToken)
    {
        string[] arguments = ["commit-tree", tree, .. parents.SelectMany(parent => new[] { "-p", parent }), "-m", words.Message];
        return Text(await git.RunAsync(Call(folder, arguments) with { Variables = Dates(words.Author) }, cancellationToken));
    }

    /// <summary>Replays a branch on another one, as GitHub does it: every commit is written anew.</summary>
    /// <returns>The last new commit, or null on a conflict.</returns>
    public async Task<string?> RebaseAsync(string onto, string head, CancellationToken cancellationToken)
    {
        var place = Directory.CreateTempSubdirectory("odoosky-rebase-").FullName;
        var work = Path.Combine(place, "work");
        await RunAsync(folder, cancellationToken, "worktree", "add", "--quiet", "--detach", work, head);
        try
        {
            var call = Call(null, "-C", work, "rebase", "--quiet", "--no-ff", onto) with { Variables = Dates(null), Answers = [0, 1] };
            if ((await git.RunAsync(call, cancellationToken)).ExitCode != 0) return null;
            return Text(await RunAsync(null, cancellationToken, "-C", work, "rev-parse", "HEAD"));
        }
        finally
        {
            await RunAsync(folder, CancellationToken.None, "worktree", "remove", "--force", work);
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Brings a commit of another repository here under a ref.</summary>
    public async Task FetchAsync(BareRepository other, string from, string to, CancellationToken cancellationToken) =>
        await RunAsync(folder, cancellationToken, "-c", "protocol.file.allow=always", "fetch", "--quiet", "--no-tags", other.Folder, $"+{from}:{to}");

    /// <summary>Commits files on a branch, which may be new.</summary>
    /// <param name="change">What to write, and where.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The commit's id.</returns>
    public async Task<string> WriteAsync(FileChange change, CancellationToken cancellationToken)
    {
        await git.RunAsync(Call(folder, "fast-import", "--quiet", "--force") with { Input = change.Stream(time.GetUtcNow()) }, cancellationToken);
        return Head(change.Branch)!;
    }

    /// <summary>A file's bytes on a branch or at a commit, or null.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string revision, string path, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync([0, 128], cancellationToken, "cat-file", "blob", $"{revision}:{path}");
        return answer.ExitCode == 0 ? answer.Output : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Numbers of a range for the pull request's page.</summary>
    /// <returns>Files, added and deleted lines.</returns>
    public async Task<(int Files, int Added, int Deleted)> SizeAsync(string from, string to, CancellationToken cancellationToken)
    {
        var rows = Lines(await RunAsync(folder, cancellationToken, "diff-tree", "-r", "--numstat", from, to)).Select(line => line.Split('\t')).ToList();
        return (rows.Count, rows.Sum(row => Number(row[0])), rows.Sum(row => Number(row[1])));
    }

    /// <summary>Runs git and gives back its text; for what only a test asks.</summary>
    public async Task<string> AskAsync(CancellationToken cancellationToken, params string[] arguments) => Text(await RunAsync(folder, cancellationToken, arguments));

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private ImmutableArray<GitSetting> Dates(string? author)
    {
        var now = string.Create(CultureInfo.InvariantCulture, $"@{time.GetUtcNow().ToUnixTimeSeconds()} +0000");
        ImmutableArray<GitSetting> committer = [new("GIT_COMMITTER_NAME", Web.Split(" <")[0]), new("GIT_COMMITTER_EMAIL", "noreply@github.com"), new("GIT_COMMITTER_DATE", now)];
        return author is null ? committer
            : [.. committer, new("GIT_AUTHOR_NAME", author), new("GIT_AUTHOR_EMAIL", author + "@users.noreply.github.com"), new("GIT_AUTHOR_DATE", now)];
    }

    private static GitCall Call(string? folder, params string[] arguments) =>
        new() { Purpose = "keep the stand-in's repository", Folder = folder, Arguments = [.. arguments] };

    private Task<GitAnswer> RunAsync(string? where, CancellationToken cancellationToken, params string[] arguments) =>
        git.RunAsync(Call(where, arguments), cancellationToken);

    private Task<GitAnswer> AnswerAsync(ImmutableArray<int> answers, CancellationToken cancellationToken, params string[] arguments) =>
        git.RunAsync(Call(folder, arguments) with { Answers = answers }, cancellationToken);

    private static string Text(GitAnswer answer) => Encoding.UTF8.GetString(answer.Output.Span).TrimEnd('\n');

    private static ImmutableArray<string> Lines(GitAnswer answer) => [.. Text(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
