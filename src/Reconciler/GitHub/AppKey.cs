using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OdooSky.GitOps.Reconciler.Settings;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>The private key of an app, and the short-lived proofs that are signed with it.</summary>
/// <param name="app">Which app.</param>
/// <param name="secrets">Learns what must not be shown.</param>
internal sealed class AppKey(ForgeApp app, Secrets secrets)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(9);

    /// <summary>
    /// A JSON Web Token (RS256) that says "I am the app". Issued a minute ago, since GitHub refuses one from its future, and good
    /// for nine minutes, since GitHub refuses more than ten.
    /// </summary>
    /// <param name="now">The server's time.</param>
    /// <returns>The token; a <see cref="GitHubFailure"/> of kind Unauthorized when the key can't be read.</returns>
    public string Sign(DateTimeOffset now)
    {
        var claims = string.Create(
            CultureInfo.InvariantCulture, $$"""{"iat":{{(now - Before).ToUnixTimeSeconds()}},"exp":{{(now + After).ToUnixTimeSeconds()}},"iss":"{{app.Id}}"}""");
        var text = Encode("""{"alg":"RS256","typ":"JWT"}""") + "." + Encode(claims);
        using var key = Open();
        var signed = text + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        secrets.Add(signed);
        return signed;
    }

    private RSA Open()
    {
        var pem = Read();
        secrets.Add(pem);
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw Fault($"{app.KeyFile} holds no private key of RSA in PEM.");
        }
    }

    private string Read()
    {
        try
        {
            return File.ReadAllText(app.KeyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault($"{app.KeyFile} can't be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it may not be opened")}.");
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static GitHubFailure Fault(string words) => new(GitHubFailureKind.Unauthorized, $"There is no credential for GitHub: {words}");
}
