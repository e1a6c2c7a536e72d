using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Reviewers, assignees, who may do what, and who asks.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="shapes">GitHub's JSON of small things.</param>
/// <param name="pulls">GitHub's JSON of pull requests.</param>
internal sealed class PeopleEndpoints(Hub hub, Shapes shapes, PullShapes pulls)
{
    private const string Root = "/repos/{owner}/{repo}";
    private const string Reviewers = Root + "/pulls/{pull_number}/requested_reviewers";
    private const string Assignees = Root + "/issues/{issue_number}/assignees";

    public ImmutableArray<Route> Routes =>
    [
        Route.Of("GET", "/user", "metadata:read", request => request.Caller.IsApp
            ? ApiAnswer.Refuse(403, "Resource not accessible by integration") : ApiAnswer.Ok(Person(request.Caller.Account))),
        On("GET", Reviewers, "pull_requests:read", (request, pull) => ApiAnswer.Ok(Requested(request.Repository, pull))),
        On("POST", Reviewers, "pull_requests:write", Request) with { CreatesContent = true },
        On("DELETE", Reviewers, "pull_requests:write", Withdraw),
        On("POST", Assignees, "issues:write|pull_requests:write", (request, pull) => Assign(request, pull, pull.Assignees.Add, 201)),
        On("DELETE", Assignees, "issues:write|pull_requests:write", (request, pull) => Assign(request, pull, person => pull.Assignees.Remove(person), 200)),
        Route.Of("GET", Root + "/assignees/{assignee}", "metadata:read", request =>
            request.Repository.Collaborators.ContainsKey(request["assignee"]) ? ApiAnswer.NoContent : ApiAnswer.NotFound),
        Route.Of("GET", Root + "/collaborators/{username}/permission", "metadata:read", Permission),
    ];

    private ApiAnswer Request(ApiRequest request, PullRequestRecord pull)
    {
        var (people, teams) = (request.Texts("reviewers"), request.Texts("team_reviewers"));
        if (people.Contains(pull.Author.Login, StringComparer.OrdinalIgnoreCase))
            return ApiAnswer.Refuse(422, "Review cannot be requested from pull request author.");
        if (!people.All(request.Repository.Collaborators.ContainsKey) || !teams.All(request.Repository.Teams.Contains))
            return ApiAnswer.Refuse(422, "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.");
        pull.Reviewers.AddRange(people.Select(login => hub.Person(login)).Except(pull.Reviewers));
        pull.TeamReviewers.AddRange(teams.Except(pull.TeamReviewers, StringComparer.Ordinal));
        Touch(request, pull, $"asked for reviews of #{pull.Number}: {string.Join(", ", people.Concat(teams))}");
        return ApiAnswer.Created(pulls.Simple(request.Repository, pull));
    }

    private ApiAnswer Withdraw(ApiRequest request, PullRequestRecord pull)
    {
        pull.Reviewers.RemoveAll(person => request.Texts("reviewers").Contains(person.Login, StringComparer.OrdinalIgnoreCase));
        pull.TeamReviewers.RemoveAll(slug => request.Texts("team_reviewers").Contains(slug, StringComparer.Ordinal));
        Touch(request, pull, $"withdrew requests for reviews of #{pull.Number}");
        return ApiAnswer.Ok(pulls.Simple(request.Repository, pull));
    }

    // GitHub passes over a login that can't be assigned without a word.
    private ApiAnswer Assign(ApiRequest request, PullRequestRecord pull, Action<Account> act, int status)
    {
        foreach (var login in request.Texts("assignees").Where(request.Repository.Collaborators.ContainsKey))
        {
            var person = hub.Person(login);
            if (status == 200 || !pull.Assignees.Contains(person)) act(person);
        }

        Touch(request, pull, $"assigned #{pull.Number}: {string.Join(", ", pull.Assignees.Select(person => person.Login))}");
        return new ApiAnswer(status, pulls.Issue(request.Repository, pull));
    }

    private ApiAnswer Permission(ApiRequest request)
    {
        if (hub.Known(request["username"]) is not { } person) return ApiAnswer.NotFound;
        var role = request.Repository.Collaborators.GetValueOrDefault(person.Login) ?? "none";
        var user = shapes.User(person);
        user["role_name"] = role;
        return ApiAnswer.Ok(new JsonObject { ["permission"] = role, ["role_name"] = role, ["user"] = user });
    }

    private JsonObject Requested(RepositoryRecord repository, PullRequestRecord pull) => new()
    {
        ["users"] = new JsonArray([.. pull.Reviewers.Select(shapes.User)]),
        ["teams"] = new JsonArray([.. pull.TeamReviewers.Select(slug => pulls.Team(repository, slug))]),
    };

    private JsonObject Person(Account account)
    {
        var user = shapes.User(account);
        foreach (var field in (string[])["name", "company", "blog", "location", "email", "hireable", "bio"]) user[field] = null;
        foreach (var field in (string[])["public_repos", "public_gists", "followers", "following"]) user[field] = 0;
        (user["created_at"], user["updated_at"]) = (Shapes.Time(DateTimeOffset.UnixEpoch), Shapes.Time(DateTimeOffset.UnixEpoch));
        return user;
    }

    private void Touch(ApiRequest request, PullRequestRecord pull, string what)
    {
        pull.UpdatedAt = hub.Now;
        hub.Log.Note(request.Caller.Account.Login, what);
    }

    private static Route On(string method, string template, string need, Func<ApiRequest, PullRequestRecord, ApiAnswer> handle) =>
        Route.Of(method, template, need, request =>
            request.Repository.Pull(request.Number(request.Values.ContainsKey("pull_number") ? "pull_number" : "issue_number")) is { } pull
                ? handle(request, pull) : ApiAnswer.NotFound);
}
