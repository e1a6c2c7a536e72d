using System.Collections.Concurrent;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The tokens that are good for something.</summary>
internal sealed class TokenStore
{
    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset? Until)> tokens = new(StringComparer.Ordinal);

    /// <summary>Lets a token in.</summary>
    /// <param name="caller">Who it stands for.</param>
    /// <param name="until">When it ends, or null.</param>
    public void Add(Caller caller, DateTimeOffset? until = null) => tokens[caller.Token] = (caller, until);

    /// <summary>Ends a token at once.</summary>
    public void Revoke(string token) => tokens.TryRemove(token, out _);

    /// <summary>Who a token stands for, or null when it is unknown, revoked or too old.</summary>
    public Caller? Find(string token, DateTimeOffset now) =>
        tokens.TryGetValue(token, out var held) && (held.Until is null || now < held.Until) ? held.Caller : null;
}
