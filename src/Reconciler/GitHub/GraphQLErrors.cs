using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// Refusals of GraphQL, which come with the status 200: <c>{"errors": [{"type": …, "message": …}]}</c>.
/// <code>
/// RATE_LIMITED  limited       NOT_FOUND  not found       FORBIDDEN, INSUFFICIENT_SCOPES  forbidden       else  invalid
/// </code>
/// </summary>
internal static class GraphQLErrors
{
    public static GitHubFailure? Of(GitHubCall call, Received<JsonObject> received, RateLimits limits)
    {
        if (received.Value["errors"] is not JsonArray { Count: > 0 } errors) return null;
        var details = errors.OfType<JsonObject>().Take(20).Select(error => new ApiErrorDetail(null, null, Text(error, "type"), Text(error, "message"))).ToList();
        var words = new ErrorBody(string.Empty, [.. details]).Words;
        if (details.Exists(IsLimit) && limits.Learn(call, received.Answer, "rate limit") is { } resumesAt) return RateLimits.Failure(call, resumesAt, words);
        var kind = KindOf(details.FirstOrDefault()?.Code);
        return new GitHubFailure(kind, $"GitHub could not {call.Purpose}: {words}") { Status = received.Answer.Status, Words = words, Errors = details };
    }

    private static bool IsLimit(ApiErrorDetail error) =>
        error.Code is "RATE_LIMITED" or "RATE_LIMIT" || error.Message?.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase) == true;

    private static GitHubFailureKind KindOf(string? type) => type switch
    {
        "NOT_FOUND" => GitHubFailureKind.NotFound,
        "FORBIDDEN" or "INSUFFICIENT_SCOPES" => GitHubFailureKind.Forbidden,
        _ => GitHubFailureKind.Invalid,
    };

    private static string? Text(JsonObject error, string name) =>
        error[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
