using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Which repository on which GitHub, and as whom.</summary>
/// <param name="Name">The repository.</param>
/// <param name="Options">The API, and how much is asked of it.</param>
/// <param name="Settings">The credential, with absolute paths.</param>
/// <param name="Token">A token of the environment, which counts when the settings name none; or null.</param>
internal sealed record GitHubTarget(RepositoryName Name, GitHubOptions Options, ForgeSettings Settings, CredentialToken? Token)
{
    /// <summary>The API.</summary>
    public GitHubAddress Address => Options.Address;
}

/// <summary>A way to GitHub that is open: the API's client, and the same credential for Git.</summary>
internal sealed class GitHubAccess : IDisposable
{
    private GitHubAccess(GitHubTarget target, Credential credential, GitHubClient client) => (Target, Credential, Client) = (target, credential, client);

    public GitHubTarget Target { get; }

    public RepositoryName Name => Target.Name;

    public Credential Credential { get; }

    public GitHubClient Client { get; }

    /// <summary>Opens it; talks to nobody yet.</summary>
    /// <param name="target">Where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="secrets">Learns what must not be shown.</param>
    /// <returns>The access, to be disposed.</returns>
    public static GitHubAccess Open(GitHubTarget target, TimeProvider time, Secrets secrets)
    {
        var wire = new GitHubWire(target.Options, time);
        var credential = CredentialOf(target, wire, time, secrets);
        return new GitHubAccess(target, credential, new GitHubClient(new Connection(target.Options, credential, wire, time)));
    }

    /// <summary>The settings with which Git reaches a remote: header and authorities. Their values are secrets.</summary>
    /// <param name="remote">The remote's address.</param>
    /// <param name="cancellation">Ends the wait for a token.</param>
    /// <returns>Key and value; none for a remote that the credential must not be shown to.</returns>
    public async ValueTask<IReadOnlyList<(string Key, string Value)>> GitSettingsAsync(Uri remote, CancellationToken cancellation)
    {
        if (!Target.Address.Serves(remote)) return [];
        var scope = remote.GetLeftPart(UriPartial.Path);
        var header = ($"http.{scope}.extraHeader", (await Credential.TokenAsync(cancellation)).BasicHeader);
        return Target.Options.CaFile is { } file ? [header, ($"http.{scope}.sslCAInfo", file)] : [header];
    }

    public void Dispose()
    {
        Client.Dispose();
        (Credential as IDisposable)?.Dispose();
    }

    private static Credential CredentialOf(GitHubTarget target, GitHubWire wire, TimeProvider time, Secrets secrets)
    {
        target.Token?.Hide(secrets);
        return target switch
        {
            { Settings.App: { } app } => new AppCredential(app, wire, time, secrets),
            { Settings.TokenFile: { } file } => new TokenFileCredential(file, secrets),
            { Token: { } token } => new FixedCredential(token.Value, "the token of the environment"),
            _ => new MissingCredential(),
        };
    }
}
