using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A GitHub App: its key, which is made for this stand-in alone, and the web tokens that it signs.</summary>
/// <param name="hub">The stand-in's memory.</param>
internal sealed class AppIdentity(Hub hub) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly RSA key = RSA.Create(2048);

    /// <summary>The app's number.</summary>
    public long Id { get; } = 4711;

    /// <summary>The number of its one installation.</summary>
    public long InstallationId { get; } = 8008;

    /// <summary>The private key that people download from GitHub.</summary>
    public string PrivateKeyPem => key.ExportRSAPrivateKeyPem();

    /// <summary>What installation tokens may do.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; set; } = Caller.Everything;

    /// <summary>The account that an installation's writes are signed with.</summary>
    public Account Bot => hub.Person("odoosky[bot]", "Bot");

    /// <summary>Checks a web token as GitHub does.</summary>
    /// <param name="token">Header, claims and signature.</param>
    /// <returns>The app, or GitHub's refusal.</returns>
    public (Caller? Caller, ApiAnswer? Refusal) Read(string token)
    {
        var parts = token.Split('.');
        if (Decode(parts[1]) is not { } bytes || Decode(parts[2]) is not { } signature || Claims(bytes) is not { } claims || !IsSigned(parts, signature))
            return (null, ApiAnswer.Refuse(401, "A JSON web token could not be decoded"));
        if (Fault(claims) is { } fault) return (null, ApiAnswer.Refuse(401, fault));
        return (new Caller(Bot, "app", IsApp: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "write" }), null);
    }

    /// <summary>A new installation token, good for an hour.</summary>
    public (string Token, DateTimeOffset Until) Issue()
    {
        var token = "ghs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18));
        var until = hub.Now.AddHours(1);
        hub.Tokens.Add(new Caller(Bot, token, IsApp: true, Permissions), until);
        return (token, until);
    }

    public void Dispose() => key.Dispose();

    private string? Fault(JsonObject claims)
    {
        var now = hub.Now.ToUnixTimeSeconds();
        if (Number(claims["iat"]) is not { } issued || issued > now)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        if (Number(claims["exp"]) is not { } ends || ends <= now)
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
        if (ends - now > Longest.TotalSeconds) return "'Expiration time' claim ('exp') is too far in the future";
        return claims["iss"]?.ToString() == Id.ToString(CultureInfo.InvariantCulture) ? null : "Integration not found";
    }

    private bool IsSigned(string[] parts, byte[] signature) =>
        Decode(parts[0]) is { } header && Claims(header)?["alg"]?.ToString() == "RS256"
        && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static JsonObject? Claims(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string text)
    {
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, buffer, out var count) ? buffer[..count] : null;
    }
}
