using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>A token in use. Never printed.</summary>
/// <param name="Value">The secret.</param>
internal sealed record CredentialToken(string Value)
{
    /// <summary>Tells tokens apart without saying what they are.</summary>
    public string Identity { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))[..16];

    public AuthenticationHeaderValue Header => new("Bearer", Value);

    /// <summary>What Git sends for it: HTTP's basic authentication with a user name that GitHub ignores.</summary>
    public string BasicHeader => "Authorization: Basic " + BasicValue;

    /// <summary>The part of <see cref="BasicHeader"/> that is the secret.</summary>
    public string BasicValue => Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Value));

    public override string ToString() => "***";
}

/// <summary>Where tokens come from.</summary>
internal abstract class Credential
{
    /// <summary>What it is, for people: <c>the token in /etc/odoosky/token</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Whether it is an app: only apps may make check runs.</summary>
    public virtual bool IsApp => false;

    /// <summary>The token that holds now.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The token; a <see cref="GitHubFailure"/> of kind Unauthorized when there is none.</returns>
    public abstract ValueTask<CredentialToken> TokenAsync(CancellationToken cancellation);

    /// <summary>GitHub answered 401: finds out whether there is a newer token.</summary>
    /// <param name="refused">The one that was refused.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Another token, or null when there is none.</returns>
    public abstract ValueTask<CredentialToken?> AfterRefusalAsync(CredentialToken refused, CancellationToken cancellation);
}

/// <summary>A token that was given once, by the environment.</summary>
/// <param name="token">The secret.</param>
/// <param name="description">Where it comes from.</param>
internal sealed class FixedCredential(string token, string description) : Credential
{
    private readonly CredentialToken given = new(token);

    public override string Description => description;

    public override ValueTask<CredentialToken> TokenAsync(CancellationToken cancellation) => ValueTask.FromResult(given);

    public override ValueTask<CredentialToken?> AfterRefusalAsync(CredentialToken refused, CancellationToken cancellation) =>
        ValueTask.FromResult<CredentialToken?>(null);
}
