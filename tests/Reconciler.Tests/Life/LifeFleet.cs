using System.Collections.Immutable;
using System.Diagnostics;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Life;

/// <summary>A real bare repository, a forge in memory, and people who push, merge and close. One long-lived service works on it.</summary>
internal sealed class LifeFleet : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-life-");
    private readonly bool isTimed;
    private OpenTarget? open;
    private int commits;

    /// <summary>A fleet without instances.</summary>
    /// <param name="gitops">More of gitops.yaml.</param>
    /// <param name="time">Its clock, by which people commit, too; null: a clock of its own, and people commit a minute apart.</param>
    public LifeFleet(string gitops = "", FakeTime? time = null)
    {
        (Time, isTimed) = (time ?? new FakeTime(), time is not null);
        Git(null, "init", "--quiet", "--bare", "--initial-branch=main", Remote);
        Forge = new FakeForge(this);
        Commit("main", "Start", ("gitops.yaml", $"apiVersion: odoosky.io/v1\nkind: GitOps\n{gitops}"));
    }

    /// <summary>The folder of all of it; settings are read from here.</summary>
    public string Folder => folder.FullName;

    public string Remote => Path.Combine(folder.FullName, "remote.git");

    public FakeForge Forge { get; }

    public FakeTime Time { get; }

    public static string Wish(string version, string more = "") =>
        $"apiVersion: odoosky.io/v1\nkind: Instance\ncode: CODE\n{more}addons:\n- code: web_x\n  source: oca\n  image: registry.example/web_x\n  version: \"{version}\"\n";

    public static string Overlay(string code, string version) =>
        $"# {code}, kept by people\naddons:\n  - code: web_x\n    source: oca\n    image: registry.example/web_x\n    version: \"{version}\"\n";

    public void SetWish(string code, string version, string more = "") =>
        Commit("main", $"Wish {code} {version}", ($"desired/instances/{code}.yaml", Wish(version, more).Replace("CODE", code, StringComparison.Ordinal)));

    public void SetOverlay(string code, string version, string branch = "main") =>
        Commit(branch, $"Edit {code}", ($"instances/{code}/values.yaml", Overlay(code, version)));

    /// <summary>An instance whose overlay on base is older than what is wished.</summary>
    public void Add(string code, string version = "1.0", string wished = "1.1", string more = "") => Commit(
        "main",
        $"Add {code}",
        ($"desired/instances/{code}.yaml", Wish(wished, more).Replace("CODE", code, StringComparison.Ordinal)),
        ($"instances/{code}/values.yaml", Overlay(code, version)));

    /// <summary>A person's commit; a null text deletes the file.</summary>
    public void Commit(string branch, string message, params (string Path, string? Text)[] changes)
    {
        var parent = commits == 0 ? string.Empty : $"from refs/heads/{branch}^0\n";
        var date = isTimed ? Time.GetUtcNow().ToUnixTimeSeconds() : 1_700_000_000 + (60 * commits);
        commits++;
        var stream = $"commit refs/heads/{branch}\ncommitter A Person <person@example.com> {date} +0000\ndata {message.Length}\n{message}\n{parent}"
            + string.Concat(changes.Select(change => change.Text is null ? $"D {change.Path}\n" : $"M 100644 inline {change.Path}\ndata {System.Text.Encoding.UTF8.GetByteCount(change.Text)}\n{change.Text}\n"));
        Git(stream, "-C", Remote, "fast-import", "--quiet", "--force");
    }

    /// <summary>Every ref of the remote and where it stands, one a line.</summary>
    public string Refs() => Git(null, "-C", Remote, "for-each-ref", "--format=%(objectname) %(refname)");

    public string? Head(string branch) => Heads().GetValueOrDefault(branch);

    public Dictionary<string, string> Heads() => Git(null, "-C", Remote, "for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[41..], line => line[..40], StringComparer.Ordinal);

    /// <summary>The blob of each instance's overlay.</summary>
    public Dictionary<string, string> Blobs(string revision) => Git(null, "-C", Remote, "ls-tree", "-r", "--format=%(objectname) %(path)", revision, "instances")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[41..].Split('/')[1], line => line[..40], StringComparer.Ordinal);

    /// <summary>A blob's text, without the last line break.</summary>
    public string Text(string blob) => Git(null, "-C", Remote, "cat-file", "blob", blob);

    public string? Show(string revision, string path) => TryGit(null, "-C", Remote, "show", $"{revision}:{path}");

    /// <summary>The instances whose overlay some branch takes away from where it left base.</summary>
    public IEnumerable<string> Removed(IEnumerable<string> branches) => branches
        .SelectMany(branch => Git(null, "-C", Remote, "diff", "--name-only", "--diff-filter=D", $"main...{branch}", "--", "instances").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(path => path.Split('/')[1])
        .Distinct(StringComparer.Ordinal);

    public bool Delete(string branch) => TryGit(null, "-C", Remote, "update-ref", "-d", $"refs/heads/{branch}") is not null;

    /// <summary>A person's merge, as a forge's button does it; false: it conflicts.</summary>
    public bool Merge(Proposal proposal, MergeWay way)
    {
        var (onto, head) = (Head("main")!, Head(proposal.Branch)!);
        if (TryGit(null, "-C", Remote, "merge-tree", "--write-tree", onto, head) is not { } tree) return false;
        var own = Git(null, "-C", Remote, "log", "-1", "--format=%B", head);
        var (message, parents) = way switch
        {
            MergeWay.Squash => ($"{proposal.Title} (#{proposal.Number})", (string[])["-p", onto]),
            MergeWay.Rebase => (own, ["-p", onto]),
            _ => ($"Merge pull request #{proposal.Number}", ["-p", onto, "-p", head]),
        };
        var commit = Git(message, ["-C", Remote, "commit-tree", tree.Split('\n')[0], .. parents]);
        Git(null, "-C", Remote, "update-ref", "refs/heads/main", commit, onto);
        Forge.Set(proposal with { State = ProposalState.Merged, EndedAt = Time.GetUtcNow(), MergeCommit = commit, Head = head });
        if (way == MergeWay.Queue) Delete(proposal.Branch);
        return true;
    }

    /// <summary>A person declines.</summary>
    public void Close(int number) => Forge.Set(Forge.Of(number) with { State = ProposalState.Closed, EndedAt = Time.GetUtcNow() });

    public void Reopen(int number) => Forge.Set(Forge.Of(number) with { State = ProposalState.Open, EndedAt = null });

    public void Label(int number, string label) => Forge.Set(Forge.Of(number) with { Labels = Forge.Of(number).Labels.Add(label) });

    /// <summary>The service's environment.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The service.</summary>
    public OpenTarget Service => open ??= Hosting.Open(Target(), Time, new OdooSky.GitOps.Reconciler.Settings.Secrets(), Forge);

    /// <summary>One pass of the service.</summary>
    public async Task<PassReport> PassAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return await Service.Run.ApplyAsync(new PassRequest(null, []), TestContext.Current.CancellationToken);
    }

    /// <summary>A pass that is killed at a write of the forge; the next one is a new process.</summary>
    public async Task<string?> KilledPassAsync(int at)
    {
        Forge.KillAt = at;
        try
        {
            await PassAsync();
            return null;
        }
        catch (Killed killed)
        {
            return killed.Message;
        }
        finally
        {
            Forge.KillAt = null;
            await RestartAsync();
        }
    }

    /// <summary>Sets something in the remote's configuration.</summary>
    public void Configure(string key, string value) => Git(null, "-C", Remote, "config", key, value);

    /// <summary>Packs the remote, as a server does now and then.</summary>
    public void Pack() => Git(null, "-C", Remote, "gc", "--quiet");

    public async Task RestartAsync()
    {
        if (open is not null) await open.DisposeAsync();
        open = null;
    }

    public async ValueTask DisposeAsync()
    {
        await RestartAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>What the service works on.</summary>
    public RunTarget Target()
    {
        var choice = new TargetChoice
        {
            Repository = Remote,
            Target = "prod",
            Helm = "4",
            Cache = Path.Combine(folder.FullName, "cache"),
            Environment = Environment,
            Folder = folder.FullName,
        };
        return Hosting.Resolve(choice).Target ?? throw new InvalidOperationException("no target");
    }

    private string Git(string? input, params string[] arguments) =>
        TryGit(input, arguments) ?? throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed");

    private string? TryGit(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{role}_NAME"] = "A Person";
            start.Environment[$"GIT_{role}_EMAIL"] = "person@example.com";
            if (isTimed) start.Environment[$"GIT_{role}_DATE"] = $"@{Time.GetUtcNow().ToUnixTimeSeconds()} +0000";
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEndAsync();
        if (input is not null) git.StandardInput.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        _ = errors.Result;
        return git.ExitCode == 0 ? output.TrimEnd('\n') : null;
    }
}

/// <summary>How a person merges.</summary>
internal enum MergeWay
{
    Merge,
    Squash,
    Rebase,

    /// <summary>A merge commit, and the branch is deleted by the forge.</summary>
    Queue,
}

/// <summary>A clock that stands until it is moved.</summary>
internal class FakeTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public virtual void Advance(TimeSpan by) => now += by;
}
