using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// A GitHub App: proves with its key that it is the app, and gets an installation's token for an hour. The token is made anew when
/// 80 % of its life are over, and once when it is refused. Proofs are dated by the server's clock, as its last answer told it; the
/// first proof may be refused because this machine's clock is wrong, and is then made again.
/// </summary>
internal sealed class AppCredential(ForgeApp app, GitHubWire wire, TimeProvider time, Secrets secrets) : Credential, IDisposable
{
    private const double Share = 0.8;

    private readonly AppKey key = new(app, secrets);
    private readonly SemaphoreSlim one = new(1);
    private CredentialToken? held;
    private (DateTimeOffset Renew, DateTimeOffset End) life;

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"the app {app.Id}, installation {app.Installation}");

    public override bool IsApp => true;

    /// <summary>What the installation may do, as it was told with the last token: <c>read</c> or <c>write</c> by name; null before.</summary>
    public ImmutableSortedDictionary<string, string>? Permissions { get; private set; }

    public override ValueTask<CredentialToken> TokenAsync(CancellationToken cancellation) => RenewAsync(_ => time.GetUtcNow() >= life.Renew, cancellation);

    // Only the one that was refused: another caller may have made a new one meanwhile.
    public override async ValueTask<CredentialToken?> AfterRefusalAsync(CredentialToken refused, CancellationToken cancellation) =>
        await RenewAsync(token => token == refused, cancellation);

    public void Dispose() => one.Dispose();

    private async ValueTask<CredentialToken> RenewAsync(Func<CredentialToken, bool> isOver, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (held is { } token && !isOver(token)) return token;
            return held = await MakeAsync(cancellation);
        }
        catch (GitHubFailure failure) when (failure.IsPassing && held is { } token && time.GetUtcNow() >= life.Renew && time.GetUtcNow() < life.End)
        {
            return token; // it holds for a while yet
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<CredentialToken> MakeAsync(CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"app/installations/{app.Installation}/access_tokens");
        var call = new GitHubCall(HttpMethod.Post, "/app/installations/{installation_id}/access_tokens", path, "make a token for the app's installation");
        var believed = wire.Clock.Now;
        var answer = await ProveAsync(call, believed, cancellation);
        if (answer.Status == 401 && (wire.Clock.Now - believed).Duration() > TimeSpan.FromSeconds(30)) answer = await ProveAsync(call, wire.Clock.Now, cancellation);
        if (!answer.IsSuccess) throw Refusals.Of(call, answer, ErrorBody.Of(answer));
        return Take(Parse(call, answer));
    }

    private Task<GitHubAnswer> ProveAsync(GitHubCall call, DateTimeOffset now, CancellationToken cancellation) =>
        wire.SendAsync(call, new AuthenticationHeaderValue("Bearer", key.Sign(now)), null, cancellation);

    private CredentialToken Take(AccessToken made)
    {
        var now = time.GetUtcNow();
        var length = made.ExpiresAt - wire.Clock.Now;
        life = (now + (length * Share), now + length);
        Permissions = made.Permissions;
        var token = new CredentialToken(made.Token);
        token.Hide(secrets);
        return token;
    }

    private static AccessToken Parse(GitHubCall call, GitHubAnswer answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, GitHubJson.Default.AccessToken) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new GitHubFailure($"GitHub could not {call.Purpose}: its answer lacks what it should hold. Is forge.api right?", e) { Kind = GitHubFailureKind.NotGitHub };
        }
    }
}
