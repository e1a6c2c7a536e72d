using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>Finds out which repository on which GitHub a target means, and as whom it is reached.</summary>
/// <param name="choice">The environment.</param>
/// <param name="target">The settings.</param>
/// <param name="folder">The folder that the settings' paths start from.</param>
internal sealed class ForgeChoice(TargetChoice choice, TargetSettings target, string folder)
{
    /// <summary>Reads the choice.</summary>
    /// <param name="address">Where the repository is.</param>
    /// <returns>Where it is on GitHub, or the problem with that; neither where there is no forge.</returns>
    public (GitHubTarget? Target, Problem? Problem) Read(RemoteAddress address)
    {
        if (target.Forge.Kind != ForgeKind.Github) return (null, null);
        var api = GitHubAddress.Of(target.Forge.Api);
        var name = RepositoryName.TryParse(address.Text);
        if (name is not null && Uri.TryCreate(address.Text, UriKind.Absolute, out var remote) && IsOn(api, remote))
            return (new GitHubTarget(name, new GitHubOptions { Address = api, CaFile = Absolute(target.Forge.CaFile) }, Absolute(target.Forge), Token()), null);
        return (null, new Problem(
            SettingsCodes.Conflict,
            Severity.Error,
            $"The target {target.Name}: {address} is not a repository on the GitHub of {api.Rest.Host}.",
            "Write repository: https://HOST/OWNER/NAME.git or ssh://git@HOST/OWNER/NAME.git, and forge: {api: ...} for another GitHub than github.com.",
            new Place("repository"),
            null));
    }

    // GitHub offers SSH on port 443 under a name of its own.
    private static bool IsOn(GitHubAddress api, Uri remote) => remote.Scheme == "ssh"
        ? api.HasHost(remote.Host) || api.HasHost(remote.Host.Replace("ssh.", "", StringComparison.Ordinal))
        : api.Serves(remote);

    private ForgeSettings Absolute(ForgeSettings forge) => forge with
    {
        TokenFile = Absolute(forge.TokenFile),
        CaFile = Absolute(forge.CaFile),
        App = forge.App is { } app ? app with { KeyFile = Absolute(app.KeyFile)! } : null,
    };

    private string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path, folder);

    private CredentialToken? Token()
    {
        var text = (choice.Variable(MissingCredential.Variable) ?? choice.Variable(MissingCredential.CommonVariable))?.Trim();
        return text is not null && TokenFileCredential.IsToken(text) ? new CredentialToken(text) : null;
    }
}
