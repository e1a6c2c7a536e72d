using System.Text;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Finds out who asks.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="app">The app whose key signs web tokens.</param>
internal sealed class Callers(Hub hub, AppIdentity app)
{
    /// <summary>Reads the Authorization header.</summary>
    /// <returns>Who asks, or why nobody; both null without a header.</returns>
    public (Caller? Caller, ApiAnswer? Refusal) Of(HttpContext http)
    {
        if (TokenOf(http.Request.Headers.Authorization.ToString()) is not { } token) return (null, null);
        if (token.Split('.').Length == 3) return app.Read(token);
        return hub.Tokens.Find(token, hub.Now) is { } caller ? (caller, null) : (null, ApiAnswer.Refuse(401, "Bad credentials"));
    }

    private static string? TokenOf(string header)
    {
        if (header.Split(' ', 2) is not [var scheme, var value]) return null;
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase)) return value.Trim();
        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return null;
        var buffer = new byte[value.Length];
        return Convert.TryFromBase64String(value.Trim(), buffer, out var count) ? Encoding.UTF8.GetString(buffer, 0, count).Split(':', 2)[^1] : "";
    }
}
