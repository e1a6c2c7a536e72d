using System.Globalization;
using System.Text.Json.Nodes;
using System.Text;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>GitHub's JSON of accounts, repositories and small things, with every field that its API description requires.</summary>
/// <param name="hub">Says where the stand-in is.</param>
internal sealed class Shapes(Hub hub)
{
    /// <summary>The address of a repository in the API.</summary>
    public string Api(RepositoryRecord repository) => $"{hub.Address}/repos/{repository.FullName}";

    /// <summary>The address of a repository for people.</summary>
    public string Web(RepositoryRecord repository) => $"{hub.Address}/{repository.FullName}";

    /// <summary>A moment as GitHub writes it.</summary>
    public static string? Time(DateTimeOffset? at) => at is { } time ? UtcTime.Write(time) : null;

    /// <summary>GraphQL's name of a thing.</summary>
    public static string Node(string kind, long id) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0:{kind}{id}")));

    public JsonObject User(Account account)
    {
        var url = $"{hub.Address}/users/{account.Login}";
        var user = new JsonObject
        {
            ["login"] = account.Login, ["id"] = account.Id, ["node_id"] = Node("User", account.Id), ["avatar_url"] = $"{hub.Address}/avatars/{account.Id}",
            ["gravatar_id"] = "", ["url"] = url, ["html_url"] = $"{hub.Address}/{account.Login}", ["type"] = account.Type, ["site_admin"] = false,
        };
        foreach (var (field, suffix) in ShapeUrls.OfUser) user[field] = url + suffix;
        return user;
    }

    /// <summary>A repository as it stands inside of other answers.</summary>
    public JsonObject Repository(RepositoryRecord repository)
    {
        var (api, web) = (Api(repository), Web(repository));
        var json = new JsonObject
        {
            ["id"] = repository.Id, ["node_id"] = Node("Repository", repository.Id), ["name"] = repository.Name, ["full_name"] = repository.FullName,
            ["private"] = true, ["owner"] = User(repository.Owner), ["html_url"] = web, ["description"] = null, ["fork"] = repository.Parent is not null,
            ["url"] = api, ["git_url"] = web + ".git", ["ssh_url"] = $"git@127.0.0.1:{repository.FullName}.git", ["clone_url"] = web + ".git",
            ["svn_url"] = web, ["homepage"] = null, ["language"] = null, ["license"] = null, ["mirror_url"] = null, ["archived"] = repository.Archived,
            ["disabled"] = false, ["default_branch"] = repository.DefaultBranch, ["visibility"] = "private", ["has_issues"] = true, ["has_projects"] = true,
            ["has_downloads"] = true, ["has_wiki"] = true, ["has_pages"] = false, ["has_discussions"] = false, ["topics"] = new JsonArray(),
            ["created_at"] = Time(repository.CreatedAt), ["updated_at"] = Time(repository.PushedAt), ["pushed_at"] = Time(repository.PushedAt),
            ["is_template"] = false, ["web_commit_signoff_required"] = false, ["allow_forking"] = true, ["size"] = 1,
        };
        foreach (var count in (string[])["forks", "forks_count", "stargazers_count", "watchers", "watchers_count"]) json[count] = 0;
        var open = repository.Pulls.Count(pull => pull.Open);
        (json["open_issues"], json["open_issues_count"]) = (open, open);
        foreach (var (field, suffix) in ShapeUrls.OfRepository) json[field] = api + suffix;
        return json;
    }

    /// <summary>A repository as its own endpoint shows it.</summary>
    public JsonObject FullRepository(RepositoryRecord repository, Caller caller)
    {
        var json = Repository(repository);
        var push = caller.May("contents:write");
        json["permissions"] = new JsonObject { ["admin"] = false, ["maintain"] = false, ["push"] = push, ["triage"] = push, ["pull"] = true };
        json["allow_merge_commit"] = repository.MergeMethods.Contains("merge");
        json["allow_squash_merge"] = repository.MergeMethods.Contains("squash");
        json["allow_rebase_merge"] = repository.MergeMethods.Contains("rebase");
        json["allow_auto_merge"] = repository.AllowAutoMerge;
        json["delete_branch_on_merge"] = repository.DeleteBranchOnMerge;
        (json["network_count"], json["subscribers_count"]) = (0, 0);
        return json;
    }

    public JsonObject Label(RepositoryRecord repository, LabelRecord label) => new()
    {
        ["id"] = label.Id, ["node_id"] = Node("Label", label.Id), ["url"] = $"{Api(repository)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name, ["description"] = label.Description, ["color"] = label.Color, ["default"] = false,
    };

    public JsonObject Comment(RepositoryRecord repository, CommentRecord comment) => new()
    {
        ["id"] = comment.Id, ["node_id"] = Node("IssueComment", comment.Id), ["url"] = $"{Api(repository)}/issues/comments/{comment.Id}",
        ["html_url"] = $"{Web(repository)}/pull/{comment.Number}#issuecomment-{comment.Id}", ["issue_url"] = $"{Api(repository)}/issues/{comment.Number}",
        ["user"] = User(comment.Author), ["created_at"] = Time(comment.CreatedAt), ["updated_at"] = Time(comment.UpdatedAt),
        ["author_association"] = "MEMBER", ["body"] = comment.Body,
    };

    public JsonObject Status(RepositoryRecord repository, StatusRecord status) => new()
    {
        ["url"] = $"{Api(repository)}/statuses/{status.Sha}", ["avatar_url"] = $"{hub.Address}/avatars/{status.Creator.Id}", ["id"] = status.Id,
        ["node_id"] = Node("Status", status.Id), ["state"] = status.State, ["description"] = status.Description, ["target_url"] = status.TargetUrl,
        ["context"] = status.Context, ["created_at"] = Time(status.CreatedAt), ["updated_at"] = Time(status.CreatedAt), ["creator"] = User(status.Creator),
    };

    public JsonObject Ref(RepositoryRecord repository, string name, string id) => new()
    {
        ["ref"] = name, ["node_id"] = Node("Ref:" + name, repository.Id), ["url"] = $"{Api(repository)}/git/{name}",
        ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = id, ["url"] = $"{Api(repository)}/git/commits/{id}" },
    };
}
