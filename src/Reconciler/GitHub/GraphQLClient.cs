using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>How pull requests wait for their merge into a branch.</summary>
/// <param name="Id">Its name in GraphQL.</param>
/// <param name="Entries">How many wait.</param>
internal sealed record MergeQueue(string Id, int Entries);

/// <summary>The documents, as they are sent.</summary>
internal static class GraphQLDocuments
{
    public const string EnableAutoMerge =
        "mutation($id: ID!, $method: PullRequestMergeMethod, $head: GitObjectID) { enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: $method, expectedHeadOid: $head}) { pullRequest { number } } }";

    public const string DisableAutoMerge =
        "mutation($id: ID!) { disablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { number } } }";

    public const string Enqueue =
        "mutation($id: ID!, $head: GitObjectID) { enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { mergeQueueEntry { position } } }";

    public const string Viewer = "query { viewer { login } }";

    public const string MergeQueue =
        "query($owner: String!, $name: String!, $branch: String!) { repository(owner: $owner, name: $name) { mergeQueue(branch: $branch) { id entries { totalCount } } } }";
}

/// <summary>What GitHub offers in GraphQL alone. Pull requests are named by their node id.</summary>
internal sealed class GraphQLClient(Connection connection)
{
    /// <summary>Lets GitHub merge once all is green. GitHub refuses (Invalid) when nothing is missing: merge it, or enqueue it, then.</summary>
    /// <param name="id">The pull request's node id.</param>
    /// <param name="method"><c>merge</c>, <c>squash</c> or <c>rebase</c>; null where a merge queue decides.</param>
    /// <param name="head">The head that was looked at; another one is refused.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task.</returns>
    public Task EnableAutoMergeAsync(string id, string? method, string head, CancellationToken cancellation) => SendAsync(
        "let a pull request merge by itself", GraphQLDocuments.EnableAutoMerge, new JsonObject { ["id"] = id, ["method"] = method?.ToUpperInvariant(), ["head"] = head }, cancellation);

    /// <summary>Takes that back. GitHub refuses (Invalid) when it was not on.</summary>
    public Task DisableAutoMergeAsync(string id, CancellationToken cancellation) =>
        SendAsync("stop a pull request from merging by itself", GraphQLDocuments.DisableAutoMerge, new JsonObject { ["id"] = id }, cancellation);

    /// <summary>Puts a pull request into its base branch's merge queue.</summary>
    public Task EnqueueAsync(string id, string head, CancellationToken cancellation) =>
        SendAsync("put a pull request into the merge queue", GraphQLDocuments.Enqueue, new JsonObject { ["id"] = id, ["head"] = head }, cancellation);

    /// <summary>A branch's merge queue, or null when it has none.</summary>
    public async Task<MergeQueue?> MergeQueueAsync(RepositoryName name, string branch, CancellationToken cancellation)
    {
        var variables = new JsonObject { ["owner"] = name.Owner, ["name"] = name.Name, ["branch"] = branch };
        var data = await AskAsync(Call($"show the merge queue of {branch}", GraphQLDocuments.MergeQueue, variables) with { IsQuery = true }, cancellation);
        return data["repository"]?["mergeQueue"] is JsonObject queue && queue["id"] is { } id
            ? new MergeQueue(id.GetValue<string>(), queue["entries"]?["totalCount"]?.GetValue<int>() ?? 0)
            : null;
    }

    /// <summary>The name of the account that the credential stands for; of an app with <c>[bot]</c> behind it.</summary>
    public async Task<string> ViewerAsync(CancellationToken cancellation)
    {
        var data = await AskAsync(Call("say whose the credential is", GraphQLDocuments.Viewer, []) with { IsQuery = true }, cancellation);
        return data["viewer"]?["login"]?.GetValue<string>() ?? string.Empty;
    }

    private Task<JsonObject> SendAsync(string purpose, string document, JsonObject variables, CancellationToken cancellation) =>
        AskAsync(Call(purpose, document, variables), cancellation);

    private async Task<JsonObject> AskAsync(GitHubCall call, CancellationToken cancellation)
    {
        var received = await connection.AskAsync(call, GitHubJson.Default.JsonObject, cancellation);
        if (GraphQLErrors.Of(call, received, connection.Limits) is { } failure) throw failure;
        return received.Value["data"] as JsonObject
            ?? throw new GitHubFailure(GitHubFailureKind.NotGitHub, $"GitHub could not {call.Purpose}: its answer lacks what it should hold. Is forge.api right?");
    }

    private static GitHubCall Call(string purpose, string document, JsonObject variables) =>
        new GitHubCall(HttpMethod.Post, "/graphql", GitHubCall.GraphQLPath, purpose).With(new GraphQLRequest(document, variables), GitHubJson.Default.GraphQLRequest);
}
