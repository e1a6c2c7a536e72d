using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>
/// A GitHub on loopback: its REST API, its GraphQL as far as merging goes, Git over HTTP with real Git behind it, its limits,
/// and people who do things. Clients reach it by <see cref="Address"/>; tests and the demo use this object.
/// </summary>
internal sealed class GitHubStandIn : IAsyncDisposable
{
    private readonly string folder;
    private readonly Parts parts;
    private readonly HttpServer server;

    private GitHubStandIn(TimeProvider time)
    {
        folder = Directory.CreateTempSubdirectory("odoosky-github-").FullName;
        var hub = new Hub(folder, time);
        parts = new Parts(hub, new RateLimits(time), new FaultScript(), new AppIdentity(hub));
        server = new HttpServer(new Pipeline(parts));
    }

    /// <summary>The API and Git: <c>http://127.0.0.1:NNNN</c>. An Enterprise Server's paths (<c>/api/v3</c>, <c>/api/graphql</c>) work too.</summary>
    public string Address => server.Address;

    /// <summary>Requests and events, in order.</summary>
    public EventLog Log => parts.Hub.Log;

    /// <summary>What goes wrong.</summary>
    public FaultScript Faults => parts.Faults;

    /// <summary>GitHub's limits, to tighten or to look at.</summary>
    public RateLimits Limits => parts.Limits;

    /// <summary>The GitHub App.</summary>
    public AppIdentity App => parts.App;

    /// <summary>Tokens, to revoke one.</summary>
    public TokenStore Tokens => parts.Hub.Tokens;

    /// <summary>Starts one.</summary>
    /// <param name="time">The clock of everything in it but of git's own processes.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<GitHubStandIn> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var standIn = new GitHubStandIn(time);
        await standIn.ListenAsync(cancellationToken);
        return standIn;
    }

    /// <summary>Listens again after <see cref="RefuseAsync"/>, on the same port.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        await server.StartAsync(cancellationToken);
        parts.Hub.Address = server.Address;
    }

    /// <summary>Refuses connections until <see cref="ListenAsync"/>.</summary>
    public Task RefuseAsync() => server.StopAsync();

    /// <summary>Makes a token.</summary>
    /// <param name="login">Whose; the account is made when it isn't there.</param>
    /// <param name="token">The secret.</param>
    /// <param name="permissions">What it may do; null is everything that the reconciler asks for.</param>
    public void AddToken(string login, string token, IReadOnlyDictionary<string, string>? permissions = null) =>
        Tokens.Add(new Caller(parts.Hub.Person(login), token, IsApp: false, permissions ?? Caller.Everything));

    /// <summary>Makes a repository with a first commit on <c>main</c>; a name in use goes to the new one, as when somebody replaces a repository.</summary>
    /// <param name="owner">An organisation's login.</param>
    /// <param name="name">Its name.</param>
    /// <param name="files">The first commit's files: path and text. Empty makes an empty repository.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RepositoryPeople> AddRepositoryAsync(string owner, string name, ImmutableArray<(string Path, string? Text)> files, CancellationToken cancellationToken)
    {
        var repository = await parts.Hub.CreateAsync(parts.Hub.Person(owner, "Organization"), name, null, cancellationToken);
        if (!files.IsEmpty) await repository.Git.WriteAsync(new FileChange("main", null, owner, "Begin", files), cancellationToken);
        return new RepositoryPeople(parts.Hub, parts.Life, repository);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        parts.App.Dispose();
        parts.Hub.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
