using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>GitHub's GraphQL, as far as merging goes: some of it exists nowhere else.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
internal sealed class GraphQLEndpoint(Hub hub, PullLife life)
{
    private readonly GraphObjects graph = new(hub);
    private readonly GraphMutations mutations = new(hub, life);

    /// <summary>Answers a document; refusals stand in the answer, whose status is 200.</summary>
    public async Task<ApiAnswer> AnswerAsync(Caller caller, JsonNode? body, CancellationToken cancellationToken)
    {
        var variables = (body as JsonObject)?["variables"] as JsonObject ?? [];
        if (body is not JsonObject sent || sent["query"]?.ToString() is not { } text || GraphReader.Read(text, variables) is not { } document)
            return ApiAnswer.Ok(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = "A query attribute must be specified and must be a string." }) });
        var (data, errors) = (new JsonObject(), new JsonArray());
        foreach (var field in document.Fields)
        {
            var (node, refusal) = document.Kind == "mutation" ? await ChangeAsync(caller, field, cancellationToken) : Look(caller, field);
            if (refusal is not null) errors.Add(GraphAnswer.Error(refusal, field.Alias));
            data[field.Alias] = node is null ? null : GraphAnswer.Pick(node, field.Fields, errors);
        }

        var answer = new JsonObject { ["data"] = data };
        if (errors.Count > 0) answer["errors"] = errors;
        return ApiAnswer.Ok(answer);
    }

    private (GraphNode? Node, GraphRefusal? Refusal) Look(Caller caller, GraphField field)
    {
        if (field.Name == "viewer") return (GraphObjects.Actor(caller.Account), null);
        if (field.Name != "repository") return (null, new GraphRefusal("NOT_FOUND", $"Field '{field.Name}' doesn't exist on type 'Query'"));
        var (owner, name) = (field.Text("owner") ?? "", field.Text("name") ?? "");
        return hub.Find(owner, name).Repository is { } repository
            ? (graph.Repository(repository), null)
            : (null, new GraphRefusal("NOT_FOUND", $"Could not resolve to a Repository with the name '{owner}/{name}'."));
    }

    private async Task<(GraphNode? Node, GraphRefusal? Refusal)> ChangeAsync(Caller caller, GraphField field, CancellationToken cancellationToken)
    {
        if (!caller.May("pull_requests:write"))
            return (null, new GraphRefusal("FORBIDDEN", caller.IsApp ? "Resource not accessible by integration" : "Resource not accessible by personal access token"));
        var id = field.Input("pullRequestId") ?? field.Input("id");
        foreach (var repository in hub.Repositories)
        {
            if (repository.Pulls.Find(one => Shapes.Node("PullRequest", one.Id) == id) is not { } pull) continue;
            await life.FollowAsync(repository, pull, cancellationToken);
            if (field.Input("expectedHeadOid") is { } expected && expected != pull.HeadSha)
                return (null, new GraphRefusal("UNPROCESSABLE", "Head sha didn't match expected head sha"));
            var refusal = await mutations.ActAsync(new Mutation(field, repository, pull, caller.Account), cancellationToken);
            return refusal is null ? (Changed(repository, pull, caller), null) : (null, refusal);
        }

        return (null, new GraphRefusal("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'"));
    }

    private GraphNode Changed(RepositoryRecord repository, PullRequestRecord pull, Caller caller) => new("Payload")
    {
        ["pullRequest"] = _ => graph.Pull(repository, pull),
        ["mergeQueueEntry"] = _ => pull.QueuePosition is null ? null : graph.Entry(repository, pull),
        ["actor"] = _ => GraphObjects.Actor(caller.Account),
        ["clientMutationId"] = _ => null,
    };
}
