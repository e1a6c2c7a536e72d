using System.Collections.Immutable;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>Pull requests: list, get, create, update.</summary>
/// <param name="hub">The stand-in's memory.</param>
/// <param name="life">What branches do to pull requests.</param>
/// <param name="shapes">GitHub's JSON.</param>
internal sealed class PullEndpoints(Hub hub, PullLife life, PullShapes shapes)
{
    private const string Pulls = "/repos/{owner}/{repo}/pulls";
    private const string One = Pulls + "/{pull_number}";

    public ImmutableArray<Route> Routes =>
    [
        new("GET", Pulls, "pull_requests:read", ListAsync),
        new("POST", Pulls, "pull_requests:write", CreateAsync) { CreatesContent = true },
        new("GET", One, "pull_requests:read", GetAsync),
        new("PATCH", One, "pull_requests:write", UpdateAsync),
    ];

    private async Task<ApiAnswer> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Query.GetValueOrDefault("state") ?? "open";
        if (wanted is not ("open" or "closed" or "all")) return ApiAnswer.Invalid("PullRequest", "state", "invalid");
        var head = request.Query.GetValueOrDefault("head");
        var branch = request.Query.GetValueOrDefault("base");
        foreach (var pull in request.Repository.Pulls.Where(pull => pull.Open).ToList()) await life.FollowAsync(request.Repository, pull, cancellationToken);
        var found = request.Repository.Pulls
            .Where(pull => wanted == "all" || pull.Open == (wanted == "open"))
            .Where(pull => head is null || !head.Contains(':', StringComparison.Ordinal) || SameLabel(head, pull.HeadLabel))
            .Where(pull => branch is null || pull.BaseBranch == branch);
        return ApiAnswer.Page(request, hub.Address, Sort(request, found), pull => shapes.Simple(request.Repository, pull));
    }

    private async Task<ApiAnswer> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Repository.Pull(request.Number("pull_number")) is not { } pull) return ApiAnswer.NotFound;
        await life.FollowAsync(request.Repository, pull, cancellationToken);
        return await ShowAsync(200, request, pull, cancellationToken);
    }

    private async Task<ApiAnswer> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Text("title") is not { Length: > 0 } title) return ApiAnswer.Invalid("PullRequest", "title", "missing_field");
        if (request.Text("head") is not { Length: > 0 } head) return ApiAnswer.Invalid("PullRequest", "head", "missing_field");
        var branch = request.Text("base") ?? "";
        if (request.Repository.Git.Head(branch) is not { } tip) return ApiAnswer.Invalid("PullRequest", "base", "invalid");
        if (HeadOf(request.Repository, head) is not { } source) return ApiAnswer.Invalid("PullRequest", "head", "invalid");
        if (request.Text("body") is { Length: > 65536 }) return ApiAnswer.Invalid("Issue", "body", "custom", "body is too long (maximum is 65536 characters)");
        var pull = new PullRequestRecord(hub.NextId(), NextNumber(request.Repository), request.Caller.Account, hub.Now)
        {
            HeadRepository = source.Repository, HeadOwner = source.Repository.Owner, HeadBranch = source.Branch, HeadSha = source.Sha,
            BaseBranch = branch, BaseSha = tip, UpdatedAt = hub.Now, Title = title, Body = request.Text("body"), Draft = request.Flag("draft"),
        };
        if (request.Repository.Pulls.Any(other => other.Open && other.HeadLabel == pull.HeadLabel && other.BaseBranch == branch))
            return ApiAnswer.Invalid("PullRequest", null, "custom", $"A pull request already exists for {pull.HeadLabel}.");
        await PullLife.KeepHeadAsync(request.Repository, pull, cancellationToken);
        if (await request.Repository.Git.ContainsAsync(tip, pull.HeadSha, cancellationToken))
            return ApiAnswer.Invalid("PullRequest", null, "custom", $"No commits between {branch} and {source.Branch}");
        request.Repository.Pulls.Add(pull);
        hub.Log.Note(request.Caller.Account.Login, $"opened {request.Repository.FullName}#{pull.Number} from {pull.HeadLabel}");
        return await ShowAsync(201, request, pull, cancellationToken);
    }

    private async Task<ApiAnswer> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Repository.Pull(request.Number("pull_number")) is not { } pull) return ApiAnswer.NotFound;
        await life.FollowAsync(request.Repository, pull, cancellationToken);
        if (request.Has("title") && request.Text("title") is not { Length: > 0 }) return ApiAnswer.Invalid("PullRequest", "title", "missing_field");
        if (request.Text("base") is { } branch && request.Repository.Git.Head(branch) is null) return ApiAnswer.Invalid("PullRequest", "base", "invalid");
        if (request.Text("state") == "closed") life.Close(request.Repository, pull, request.Caller.Account);
        if (request.Text("state") == "open" && life.Reopen(request.Repository, pull, request.Caller.Account) is { } refusal)
            return ApiAnswer.Invalid("PullRequest", "state", "invalid", refusal);
        pull.Title = request.Text("title") ?? pull.Title;
        pull.Body = request.Has("body") ? request.Text("body") : pull.Body;
        pull.BaseBranch = request.Text("base") ?? pull.BaseBranch;
        pull.UpdatedAt = hub.Now;
        return await ShowAsync(200, request, pull, cancellationToken);
    }

    private async Task<ApiAnswer> ShowAsync(int status, ApiRequest request, PullRequestRecord pull, CancellationToken cancellationToken) =>
        new(status, shapes.Full(request.Repository, pull, await MergeState.LookAsync(request.Repository, pull, cancellationToken)));

    private (RepositoryRecord Repository, string Branch, string Sha)? HeadOf(RepositoryRecord repository, string head)
    {
        var parts = head.Split(':', 2);
        var source = parts.Length == 1 || parts[0].Equals(repository.Owner.Login, StringComparison.OrdinalIgnoreCase)
            ? repository
            : hub.Repositories.Find(one => one.Parent == repository && one.Owner.Login.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        return source?.Git.Head(parts[^1]) is { } sha ? (source, parts[^1], sha) : null;
    }

    /// <summary>The number that the next issue or pull request gets.</summary>
    public static int NextNumber(RepositoryRecord repository) => repository.Pulls.Count == 0 ? 1 : repository.Pulls.Max(pull => pull.Number) + 1;

    private static bool SameLabel(string asked, string label) =>
        asked.Split(':', 2) is [var owner, var branch] && label.Split(':', 2) is [var whose, var name] && branch == name && owner.Equals(whose, StringComparison.OrdinalIgnoreCase);

    private static List<PullRequestRecord> Sort(ApiRequest request, IEnumerable<PullRequestRecord> pulls)
    {
        var sort = request.Query.GetValueOrDefault("sort") ?? "created";
        var ascending = request.Query.GetValueOrDefault("direction") is { } direction ? direction == "asc" : sort != "created";
        var keyed = pulls.OrderBy(pull => sort == "updated" ? pull.UpdatedAt : pull.CreatedAt).ThenBy(pull => pull.Number).ToList();
        if (!ascending) keyed.Reverse();
        return keyed;
    }
}
