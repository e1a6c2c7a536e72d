using System.Collections.Immutable;
using System.Globalization;
using OdooSky.GitOps.Reconciler.Cli;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Passes;
using OdooSky.GitOps.Reconciler.Proposals;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Reconciler.Suspensions;
using OdooSky.GitOps.Reconciler.Tests.Life;
using OdooSky.GitOps.Reconciler.Tests.Passes;
using OdooSky.GitOps.Sandbox.GitHub;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Forge;

/// <summary>A fleet on a GitHub over HTTP: real Git, real requests, people who do things there, and one long-lived service.</summary>
internal sealed class HttpFleet : IAsyncDisposable
{
    public const string Token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-forge-");
    private OpenTarget? open;
    private int machines = 1;

    private HttpFleet(Sandbox.GitHub.GitHubStandIn hub, JumpingClock clock) => (Hub, Clock) = (hub, clock);

    public Sandbox.GitHub.GitHubStandIn Hub { get; }

    public RepositoryPeople People { get; private set; } = null!;

    public RepositoryRecord Record => People.Record;

    public JumpingClock Clock { get; }

    public string Folder => folder.FullName;

    /// <summary>What <c>forge:</c> says besides kind and API.</summary>
    public string Credential { get; set; } = "tokenFile: token";

    /// <summary>More settings of the target, indented as these are.</summary>
    public string More { get; set; } = "";

    /// <summary>Options of the client, for tests of limits of time.</summary>
    public Func<GitHubOptions, GitHubOptions> Tune { get; set; } = options => options;

    /// <summary>Another way to GitHub's API than the settings'; null the settings'.</summary>
    public IPullRequests? Forge { get; set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HttpFleet> StartAsync(string gitops = "", params (string Path, string? Text)[] files)
    {
        var clock = new JumpingClock();
        var fleet = new HttpFleet(await Sandbox.GitHub.GitHubStandIn.StartAsync(clock, Cancel), clock);
        fleet.Hub.AddToken("odoosky-bot", Token);
        fleet.People = await fleet.Hub.AddRepositoryAsync("acme", "fleet", [("gitops.yaml", GitOps(gitops)), .. files], Cancel);
        fleet.Record.ReadsUntilMergeable = 0;
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "token"), Token + "\n", Cancel);
        return fleet;
    }

    public static string GitOps(string more) => $"apiVersion: odoosky.io/v1\nkind: GitOps\n{more}";

    /// <summary>The files of an instance whose overlay on base is older than what is wished.</summary>
    public static (string Path, string? Text)[] Instance(string code, string version = "1.0", string wished = "1.1", string more = "") =>
    [
        ($"desired/instances/{code}.yaml", LifeFleet.Wish(wished, more).Replace("CODE", code, StringComparison.Ordinal)),
        ($"instances/{code}/values.yaml", LifeFleet.Overlay(code, version)),
    ];

    public Task AddAsync(string code, string version = "1.0", string wished = "1.1", string more = "") => CommitAsync("main", $"Add {code}", Instance(code, version, wished, more));

    public Task SetWishAsync(string code, string version, string more = "") =>
        CommitAsync("main", $"Wish {code} {version}", ($"desired/instances/{code}.yaml", LifeFleet.Wish(version, more).Replace("CODE", code, StringComparison.Ordinal)));

    public Task SetOverlayAsync(string code, string version, string branch = "main") => CommitAsync(branch, $"Edit {code}", ($"instances/{code}/values.yaml", LifeFleet.Overlay(code, version)));

    public Task CommitAsync(string branch, string message, params (string Path, string? Text)[] files) => People.PushAsync("jane", branch, message, [.. files], Cancel);

    public string? Head(string branch) => People.Git.Head(branch);

    /// <summary>The version of an instance's addon at a commit, or null.</summary>
    public async Task<string?> VersionAsync(string commit, string code) =>
        await People.Git.ReadAsync(commit, $"instances/{code}/values.yaml", Cancel) is { } text
            ? System.Text.Encoding.UTF8.GetString(text.Span).Split("version: \"")[^1].Split('"')[0] : null;

    /// <summary>What is suspended, as the repository says it.</summary>
    public async Task<Suspension[]> SuspensionsAsync() => People.Git.Refs.Read(SuspensionBook.Ref.Text) is { } head && await People.Git.ReadAsync(head, "suspensions.jsonl", Cancel) is { } text
        ? [.. System.Text.Encoding.UTF8.GetString(text.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Suspension.TryRead(line)!)] : [];

    /// <summary>Our branches, without their common beginning.</summary>
    public IEnumerable<string> Branches() => People.Git.Refs.Under("refs/heads/odoosky/").Select(one => one.Name["refs/heads/odoosky/prod/".Length..]).Order(StringComparer.Ordinal);

    public PullRequestRecord Pull(int number) => Record.Pull(number)!;

    public IEnumerable<PullRequestRecord> OpenPulls => Record.Pulls.Where(pull => pull.Open);

    /// <summary>Requests that wanted to change something, since the log was cleared: endpoint and status.</summary>
    public IEnumerable<string> Writes => Hub.Log.Requests.Where(one => one is { IsWrite: true } && one.Who != "-" && !one.What.EndsWith("/graphql", StringComparison.Ordinal))
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.What.Replace("/repos/{owner}/{repo}", string.Empty, StringComparison.Ordinal)} {one.Status}"));

    /// <summary>One pass of the service, a minute after the one before.</summary>
    public Task<PassReport> PassAsync() => PassAsync(Cancel);

    public async Task<PassReport> PassAsync(CancellationToken cancellation)
    {
        open ??= Forge is null ? Hosting.Open(Target(), Clock, new Secrets()) : Hosting.Open(Target(), Clock, new Secrets(), Forge);
        Clock.Go(TimeSpan.FromMinutes(1));
        Hub.Log.Clear();
        return await open.Run.ApplyAsync(new PassRequest(null, []), cancellation);
    }

    /// <summary>The next pass is another process; on another machine it has no clone either.</summary>
    public async Task RestartAsync(bool elsewhere = false)
    {
        if (open is not null) await open.DisposeAsync();
        open = null;
        if (elsewhere) machines++;
    }

    /// <summary>Runs the program's command line as a person would, in the folder of <c>odoosky.yaml</c>.</summary>
    public async Task<Ran> RunAsync(params string[] arguments)
    {
        WriteSettings();
        using StringWriter output = new(), messages = new();
        var surroundings = new Surroundings(
            new Terminal(output, messages, (false, false)), ImmutableSortedDictionary<string, string>.Empty.Add("ODOOSKY_CACHE", Cache), Folder, Stream.Null, Clock);
        Hub.Log.Clear();
        var exit = await CommandLine.RunAsync(arguments, surroundings, Cancel);
        return new Ran(exit, output.ToString(), messages.ToString());
    }

    /// <summary>What passes work on, with <see cref="Tune"/>d options.</summary>
    public RunTarget Target()
    {
        WriteSettings();
        var choice = new TargetChoice { Cache = Cache, Environment = ImmutableSortedDictionary<string, string>.Empty, Folder = Folder };
        var (target, problems) = Hosting.Resolve(choice);
        if (target?.GitHub is not { } github) throw new InvalidOperationException(string.Join('\n', problems));
        return target with { GitHub = github with { Options = Tune(github.Options) } };
    }

    public string Cache => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"cache-{machines}"));

    /// <summary>The settings, as people write them.</summary>
    public void WriteSettings() => File.WriteAllText(
        Path.Combine(Folder, "odoosky.yaml"),
        $$"""
        apiVersion: odoosky.io/v1
        kind: Settings
        targets:
          prod:
            repository: {{Hub.Address}}/acme/fleet.git
            repositoryId: {{People.Id}}
            helm: 4
            forge: {kind: github, api: "{{Hub.Address}}", {{Credential}}}
        {{More}}

        """);

    public async ValueTask DisposeAsync()
    {
        await RestartAsync();
        await Hub.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
