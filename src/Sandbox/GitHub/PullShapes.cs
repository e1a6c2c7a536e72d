using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>GitHub's JSON of pull requests.</summary>
/// <param name="shapes">Of everything inside.</param>
internal sealed class PullShapes(Shapes shapes)
{
    /// <summary>A pull request as lists show it.</summary>
    public JsonObject Simple(RepositoryRecord repository, PullRequestRecord pull)
    {
        var json = Text(repository, pull);
        json["head"] = End(pull.HeadLabel, pull.HeadBranch, pull.HeadSha, pull.HeadRepository, pull.HeadOwner);
        json["base"] = End($"{repository.Owner.Login}:{pull.BaseBranch}", pull.BaseBranch, pull.BaseSha, repository, repository.Owner);
        json["labels"] = new JsonArray([.. LabelsOf(repository, pull)]);
        json["assignee"] = pull.Assignees.Count == 0 ? null : shapes.User(pull.Assignees[0]);
        json["assignees"] = new JsonArray([.. pull.Assignees.Select(shapes.User)]);
        json["requested_reviewers"] = new JsonArray([.. pull.Reviewers.Select(shapes.User)]);
        json["requested_teams"] = new JsonArray([.. pull.TeamReviewers.Select(slug => Team(repository, slug))]);
        json["auto_merge"] = pull.AutoMerge is null ? null : AutoMerge(pull);
        AddLinks(json, repository, pull);
        return json;
    }

    /// <summary>A pull request as its own endpoint shows it.</summary>
    public JsonObject Full(RepositoryRecord repository, PullRequestRecord pull, MergeState state)
    {
        var json = Simple(repository, pull);
        json["merged"] = pull.MergedAt is not null;
        json["mergeable"] = state.Mergeable;
        json["rebaseable"] = state.Mergeable;
        json["mergeable_state"] = state.Word;
        json["merged_by"] = pull.MergedBy is null ? null : shapes.User(pull.MergedBy);
        json["comments"] = repository.Comments.Count(comment => comment.Number == pull.Number);
        json["review_comments"] = 0;
        json["maintainer_can_modify"] = false;
        (json["commits"], json["changed_files"], json["additions"], json["deletions"]) = pull.Size;
        return json;
    }

    /// <summary>The labels that a pull request bears and its repository still has.</summary>
    public IEnumerable<JsonNode> LabelsOf(RepositoryRecord repository, PullRequestRecord pull) =>
        pull.Labels.Select(repository.Label).OfType<LabelRecord>().Select(label => shapes.Label(repository, label));

    /// <summary>A pull request seen as an issue, as the assignees' endpoint answers.</summary>
    public JsonObject Issue(RepositoryRecord repository, PullRequestRecord pull)
    {
        var (api, json) = (shapes.Api(repository), Text(repository, pull));
        var url = $"{api}/issues/{pull.Number}";
        json["url"] = url;
        (json["labels_url"], json["events_url"], json["comments_url"]) = (url + "/labels{/name}", url + "/events", url + "/comments");
        json["repository_url"] = api;
        json["labels"] = new JsonArray([.. LabelsOf(repository, pull)]);
        json["assignee"] = pull.Assignees.Count == 0 ? null : shapes.User(pull.Assignees[0]);
        json["assignees"] = new JsonArray([.. pull.Assignees.Select(shapes.User)]);
        json["comments"] = repository.Comments.Count(comment => comment.Number == pull.Number);
        return json;
    }

    public JsonObject Team(RepositoryRecord repository, string slug)
    {
        var url = $"{shapes.Api(repository)}/teams/{slug}";
        return new JsonObject
        {
            ["id"] = 1, ["node_id"] = Shapes.Node("Team", 1), ["name"] = slug, ["slug"] = slug, ["description"] = null, ["privacy"] = "closed",
            ["notification_setting"] = "notifications_enabled", ["url"] = url, ["html_url"] = url, ["members_url"] = url + "/members{/member}",
            ["repositories_url"] = url + "/repos", ["permission"] = "push", ["parent"] = null, ["type"] = "organization", ["organization_id"] = repository.Owner.Id,
        };
    }

    private JsonObject Text(RepositoryRecord repository, PullRequestRecord pull) => new()
    {
        ["url"] = $"{shapes.Api(repository)}/pulls/{pull.Number}", ["id"] = pull.Id, ["node_id"] = Shapes.Node("PullRequest", pull.Id),
        ["html_url"] = $"{shapes.Web(repository)}/pull/{pull.Number}", ["number"] = pull.Number, ["state"] = pull.Open ? "open" : "closed",
        ["locked"] = false, ["active_lock_reason"] = null, ["title"] = pull.Title, ["user"] = shapes.User(pull.Author), ["body"] = pull.Body,
        ["created_at"] = Shapes.Time(pull.CreatedAt), ["updated_at"] = Shapes.Time(pull.UpdatedAt), ["closed_at"] = Shapes.Time(pull.ClosedAt),
        ["merged_at"] = Shapes.Time(pull.MergedAt), ["merge_commit_sha"] = pull.MergeCommit, ["milestone"] = null, ["draft"] = pull.Draft,
        ["author_association"] = "MEMBER",
    };

    private JsonObject End(string label, string branch, string sha, RepositoryRecord? repository, Account owner) => new()
    {
        ["label"] = label, ["ref"] = branch, ["sha"] = sha, ["user"] = shapes.User(owner), ["repo"] = repository is null ? null : shapes.Repository(repository),
    };

    private JsonObject AutoMerge(PullRequestRecord pull) => new()
    {
        ["enabled_by"] = shapes.User(pull.AutoMerge!.By), ["merge_method"] = pull.AutoMerge.Method, ["commit_title"] = pull.Title, ["commit_message"] = "",
    };

    private void AddLinks(JsonObject json, RepositoryRecord repository, PullRequestRecord pull)
    {
        var (api, web) = ($"{shapes.Api(repository)}/pulls/{pull.Number}", $"{shapes.Web(repository)}/pull/{pull.Number}");
        var issue = $"{shapes.Api(repository)}/issues/{pull.Number}";
        var statuses = $"{shapes.Api(repository)}/statuses/{pull.HeadSha}";
        (json["diff_url"], json["patch_url"], json["issue_url"], json["statuses_url"]) = (web + ".diff", web + ".patch", issue, statuses);
        (json["commits_url"], json["comments_url"]) = (api + "/commits", issue + "/comments");
        (json["review_comments_url"], json["review_comment_url"]) = (api + "/comments", shapes.Api(repository) + "/pulls/comments{/number}");
        json["_links"] = new JsonObject
        {
            ["self"] = Link(api), ["html"] = Link(web), ["issue"] = Link(issue), ["comments"] = Link(issue + "/comments"), ["statuses"] = Link(statuses),
            ["review_comments"] = Link(api + "/comments"), ["review_comment"] = Link(shapes.Api(repository) + "/pulls/comments{/number}"),
            ["commits"] = Link(api + "/commits"),
        };
    }

    private static JsonObject Link(string address) => new() { ["href"] = address };
}
