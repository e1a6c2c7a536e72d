using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>A token in a file. The file is read for each request, so that a changed one holds at once.</summary>
/// <param name="path">The file: one line.</param>
/// <param name="secrets">Learns what must not be shown.</param>
internal sealed class TokenFileCredential(string path, Secrets secrets) : Credential
{
    private const int Longest = 4096;

    public override string Description => $"the token in {path}";

    public override async ValueTask<CredentialToken> TokenAsync(CancellationToken cancellation)
    {
        var text = (await ReadAsync(cancellation)).Trim();
        if (!IsToken(text)) throw Fault($"{path} holds no token: it must be one line without blanks.");
        var token = new CredentialToken(text);
        token.Hide(secrets);
        return token;
    }

    public override async ValueTask<CredentialToken?> AfterRefusalAsync(CredentialToken refused, CancellationToken cancellation) =>
        await TokenAsync(cancellation) is { } now && now != refused ? now : null;

    /// <summary>Whether a text may be a token: anything else would break a header.</summary>
    public static bool IsToken(string text) => text.Length is > 0 and <= Longest && text.All(c => c is > ' ' and <= '~');

    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault($"{path} can't be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it may not be opened")}.");
        }
    }

    private static GitHubFailure Fault(string words) => new(GitHubFailureKind.Unauthorized, $"There is no credential for GitHub: {words}");
}

/// <summary>Nobody said which credential: every request fails with what to do.</summary>
internal sealed class MissingCredential : Credential
{
    /// <summary>The variable that is looked at first.</summary>
    public const string Variable = "ODOOSKY_GITHUB_TOKEN";

    /// <summary>The variable of GitHub's own programs, looked at next.</summary>
    public const string CommonVariable = "GITHUB_TOKEN";

    public override string Description => "no credential";

    public override ValueTask<CredentialToken> TokenAsync(CancellationToken cancellation) => throw new GitHubFailure(
        GitHubFailureKind.Unauthorized, $"There is no credential for GitHub. Name forge.app or forge.tokenFile in the settings, or set {Variable}.");

    public override ValueTask<CredentialToken?> AfterRefusalAsync(CredentialToken refused, CancellationToken cancellation) =>
        ValueTask.FromResult<CredentialToken?>(null);
}
