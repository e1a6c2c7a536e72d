using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>The app's own endpoints, and what limits say.</summary>
/// <param name="app">The app.</param>
/// <param name="limits">The limits.</param>
internal sealed class AppEndpoints(AppIdentity app, RateLimits limits)
{
    public ImmutableArray<Route> Routes =>
    [
        Route.Of("POST", "/app/installations/{installation_id}/access_tokens", "app:write", request =>
            request["installation_id"] == app.InstallationId.ToString(CultureInfo.InvariantCulture) ? ApiAnswer.Created(Token()) : ApiAnswer.NotFound) with { Free = true },
        Route.Of("GET", "/rate_limit", "", request => ApiAnswer.Ok(limits.Show(request.Caller.Token))) with { Free = true },
    ];

    private JsonObject Token()
    {
        var (token, until) = app.Issue();
        var permissions = new JsonObject();
        foreach (var (name, level) in app.Permissions) permissions[name] = level;
        return new JsonObject { ["token"] = token, ["expires_at"] = Shapes.Time(until), ["permissions"] = permissions, ["repository_selection"] = "selected" };
    }
}
