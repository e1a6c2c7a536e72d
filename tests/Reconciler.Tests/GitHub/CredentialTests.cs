using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Reconciler.GitHub;
using OdooSky.GitOps.Reconciler.Settings;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

public sealed class CredentialTests : IDisposable
{
    private const string Canary = "ghp_canary0123456789";

    private static readonly RepositoryName Fleet = RepositoryName.TryParse("acme/fleet")!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("odoosky-credential-");
    private readonly Secrets secrets = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string TokenFile => Path.Combine(folder.FullName, "token");

    [Fact]
    public async Task A_token_that_was_changed_in_its_file_holds_at_once()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.Repository));
        await File.WriteAllTextAsync(TokenFile, Canary + "\n", Cancellation);
        using var access = Open(server, new ForgeSettings { TokenFile = TokenFile });

        await access.Client.Repository.GetAsync(Fleet, Cancellation);
        await File.WriteAllTextAsync(TokenFile, "another-token\n", Cancellation);
        await access.Client.Repository.GetAsync(Fleet, Cancellation);

        Assert.Equal([$"Bearer {Canary}", "Bearer another-token"], server.Requests.Select(request => request.Headers["Authorization"]));
        Assert.Equal("*** and ***", secrets.Hide($"{Canary} and another-token"));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_told_once_and_in_github_s_words()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync("""{"message": "Bad credentials"}""", 401));
        using var access = Open(server, new ForgeSettings(), new CredentialToken(Canary));

        var failure = await Assert.ThrowsAsync<GitHubFailure>(() => access.Client.Repository.GetAsync(Fleet, Cancellation));

        Assert.Equal(GitHubFailureKind.Unauthorized, failure.Kind);
        Assert.Equal(
            "GitHub could not show the repository acme/fleet: 401 Bad credentials. The credential is wrong, expired or revoked.",
            failure.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_credential_nothing_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.Repository));
        using var access = Open(server, new ForgeSettings());

        var failure = await Assert.ThrowsAsync<GitHubFailure>(() => access.Client.Repository.GetAsync(Fleet, Cancellation));

        Assert.Equal(GitHubFailureKind.Unauthorized, failure.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_app_proves_itself_by_the_server_s_clock_and_its_token_is_made_anew_when_refused()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(folder.FullName, "key.pem");
        await File.WriteAllTextAsync(file, key.ExportRSAPrivateKeyPem(), Cancellation);
        var now = DateTimeOffset.UtcNow.AddHours(3); // GitHub's clock; this machine's is three hours behind
        var made = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Headers.Date = now.ToString("R");
            var bearer = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            if (!context.Request.Path.Value!.EndsWith("access_tokens", StringComparison.Ordinal))
                return bearer == "ghs_token_number_2" ? context.JsonAsync(Answers.Repository) : context.JsonAsync("""{"message": "Bad credentials"}""", 401);
            if (!Holds(key, bearer, now)) return context.JsonAsync("""{"message": "'Issued at' claim ('iat') must be an Integer"}""", 401);
            var (number, end) = (++made, now.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            return context.JsonAsync($$"""{"token": "ghs_token_number_{{number}}", "expires_at": "{{end}}", "permissions": {"contents": "write"} }""", 201);
        });
        using var access = Open(server, new ForgeSettings { App = new ForgeApp(1, 2, file) });

        await access.Client.Repository.GetAsync(Fleet, Cancellation);

        Assert.Equal(
            [
                "POST /api/v3/app/installations/2/access_tokens", "POST /api/v3/app/installations/2/access_tokens", "GET /api/v3/repos/acme/fleet",
                "POST /api/v3/app/installations/2/access_tokens", "GET /api/v3/repos/acme/fleet",
            ],
            server.Requests.Select(request => request.Line));
        Assert.Equal("***", secrets.Hide("ghs_token_number_2"));
        Assert.DoesNotContain(key.ExportRSAPrivateKeyPem().Split('\n')[3], secrets.Hide(key.ExportRSAPrivateKeyPem()));
    }

    [Fact]
    public async Task Git_gets_the_credential_for_the_api_s_own_host_alone()
    {
        await using var server = await ScriptedServer.StartAsync(context => context.JsonAsync(Answers.Repository));
        using var access = Open(server, new ForgeSettings(), new CredentialToken(Canary));

        var own = await access.GitSettingsAsync(new Uri(server.Url, "/acme/fleet.git"), Cancellation);
        var other = await access.GitSettingsAsync(new Uri("https://elsewhere.example/acme/fleet.git"), Cancellation);

        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Canary));
        Assert.Equal(
            [($"http.{server.Url}acme/fleet.git.extraHeader", "Authorization: Basic " + basic), ($"http.{server.Url}acme/fleet.git.sslCAInfo", server.CaFile)],
            own);
        Assert.Empty(other);
        Assert.Equal("***", secrets.Hide(basic));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private GitHubAccess Open(ScriptedServer server, ForgeSettings settings, CredentialToken? token = null) => GitHubAccess.Open(
        new GitHubTarget(Fleet, new GitHubOptions { Address = GitHubAddress.Of(server.Url), CaFile = server.CaFile }, settings, token), TimeProvider.System, secrets);

    // As GitHub judges: signed by the key, issued in the past, ends within ten minutes.
    private static bool Holds(RSA key, string token, DateTimeOffset now)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var (issued, end) = (claims["iat"]!.GetValue<long>(), claims["exp"]!.GetValue<long>());
        Assert.Equal(600, end - issued);
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && claims["iss"]!.GetValue<string>() == "1" && issued <= now.ToUnixTimeSeconds() && end <= now.AddMinutes(10).ToUnixTimeSeconds() && end > now.ToUnixTimeSeconds();
    }
}
