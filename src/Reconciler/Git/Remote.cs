using System.Collections.Immutable;
using System.Text;

namespace OdooSky.GitOps.Reconciler.Git;

/// <summary>The repository that people work with: what it has, what comes from it, what goes to it.</summary>
internal sealed class Remote(GitProgram git, RemoteAddress address, GitCredentials credentials)
{
    private const int RefsPerPush = 200;

    /// <summary>The refs that match, as the remote names them now. Needs no cache.</summary>
    public async Task<RemoteRefs> ListAsync(ImmutableArray<RefPattern> wanted, CancellationToken cancellation)
    {
        // A remote with a hundred thousand pull requests names each of their refs unless only heads are asked for.
        var heads = wanted.All(p => p.Name.BranchName is not null || string.Equals(p.Name.Text, "refs/heads", StringComparison.Ordinal));
        ImmutableArray<string> arguments = heads ? ["ls-remote", "--refs", "--heads"] : ["ls-remote", "--refs"];
        var call = await CallAsync("read the refs of", folder: null, [.. arguments, "--", address.Text], cancellation);
        var answer = await git.RunAsync(call with { Limit = git.Limits.Listing }, cancellation);
        var ids = ImmutableSortedDictionary.CreateBuilder<string, ObjectId>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(answer.Output.Span).Split('\n'))
        {
            var fields = line.Split('\t');
            if (fields.Length == 2 && ObjectId.TryParse(fields[0]) is { } id && RefName.TryParse(fields[1]) is { } name
                && wanted.Any(pattern => pattern.Matches(name)))
            {
                ids[name.Text] = id;
            }
        }

        return new RemoteRefs(ids.ToImmutable());
    }

    /// <summary>Brings refs and all that they reach into the cache, under <see cref="RefName.InCache"/>.</summary>
    public async Task FetchAsync(string folder, IEnumerable<RefName> refs, CancellationToken cancellation)
    {
        ImmutableArray<string> arguments =
        [
            "fetch", "--quiet", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head", "--no-recurse-submodules", "--no-show-forced-updates",
            "--stdin", "--", address.Text,
        ];
        var call = await CallAsync("fetch from", folder, arguments, cancellation);
        var refspecs = string.Concat(refs.Select(name => $"+{name}:{name.InCache}\n"));
        var answer = await git.RunAsync(call with { Input = Encoding.UTF8.GetBytes(refspecs), Answers = [0, 1, 128] }, cancellation);
        if (CutClone.Of(address, answer.Words) is { } cut)
        {
            throw cut;
        }

        if (answer.ExitCode != 0)
        {
            throw GitProgram.FailureOf(call, answer);
        }
    }

    /// <summary>
    /// Brings one ref that need not be there into the cache, and takes it away there when the remote has it no more. Only a pattern
    /// may match nothing, and by a pattern the remote is told to name nothing else, however many refs it has.
    /// </summary>
    /// <returns>Whether it moved.</returns>
    public Task<bool> FetchIfThereAsync(string folder, RefName name, CancellationToken cancellation) =>
        FollowAsync(folder, [FetchRule.Maybe(name)], cancellation);

    /// <summary>Makes refs of the cache what the remote's are, and takes away those that it has no more.</summary>
    /// <returns>Whether any moved; true as well when the remote, or what carries it, has something to say.</returns>
    /// <exception cref="GitFailure">A ref that has to be there is not, or the fetch failed.</exception>
    public async Task<bool> FollowAsync(string folder, IEnumerable<FetchRule> rules, CancellationToken cancellation)
    {
        // Without --quiet git writes a line for each ref that moves, and none for the others.
        ImmutableArray<string> arguments =
        [
            "-c", "advice.fetchShowForcedUpdates=false", "fetch", "--prune", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head",
            "--no-recurse-submodules", "--no-show-forced-updates", "--no-progress", "--", address.Text, .. rules.Select(rule => rule.Text),
        ];
        return (await git.RunAsync(await CallAsync("fetch from", folder, arguments, cancellation), cancellation)).Words.Length > 0;
    }

    /// <summary>Moves refs, each under its lease; one that is refused does not hold up the others. Results come in the order of the updates.</summary>
    public async Task<ImmutableArray<PushResult>> PushAsync(string folder, IEnumerable<RefUpdate> updates, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<PushResult>();
        foreach (var chunk in updates.Chunk(RefsPerPush))
        {
            results.AddRange(await PushSomeAsync(folder, chunk, cancellation));
        }

        return results.All(result => result.IsThere) ? results.ToImmutable() : await LookAgainAsync(results.ToImmutable(), cancellation);
    }

    /// <summary>What would become of a push; the remote is asked, and nothing is sent.</summary>
    public async Task<PushResult> TryPushAsync(string folder, RefUpdate update, CancellationToken cancellation) =>
        (await PushSomeAsync(folder, [update], cancellation, "--dry-run"))[0];

    // Two passes at once push the same commits, since ids come from the wish alone; whoever loses the race finds its wish fulfilled.
    private async Task<ImmutableArray<PushResult>> LookAgainAsync(ImmutableArray<PushResult> results, CancellationToken cancellation)
    {
        var refs = await ListAsync([.. results.Where(result => !result.IsThere).Select(result => RefPattern.Exactly(result.Update.Ref))], cancellation);
        return [.. results.Select(result => !result.IsThere && refs.Find(result.Update.Ref) == result.Update.New
            ? new PushResult(result.Update, PushOutcome.UpToDate, Reason: null)
            : result)];
    }

    private async Task<List<PushResult>> PushSomeAsync(string folder, RefUpdate[] updates, CancellationToken cancellation, params ImmutableArray<string> options)
    {
        ImmutableArray<string> arguments =
        [
            "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", .. options,
            .. updates.Select(u => $"--force-with-lease={u.Ref}:{u.Expected}"),
            "--", address.Text,
            .. updates.Select(u => $"{u.New}:{u.Ref}"),
        ];
        var call = await CallAsync("push to", folder, arguments, cancellation);
        var answer = await git.RunAsync(call with { Answers = [0, 1] }, cancellation);
        var reports = PushReport.Read(answer.Output.Span);
        var results = new List<PushResult>();
        foreach (var update in updates)
        {
            results.Add(reports.TryGetValue(update.Ref.Text, out var report) && PushReport.ResultOf(update, report, answer.Words) is { } result
                ? result
                : throw GitProgram.FailureOf(call, answer));
        }

        return results;
    }

    private async Task<GitCall> CallAsync(string act, string? folder, ImmutableArray<string> arguments, CancellationToken cancellation) => new()
    {
        Purpose = $"{act} {address}",
        Arguments = arguments,
        Folder = folder,
        Remote = address,
        Secrets = await credentials(cancellation),
    };
}
