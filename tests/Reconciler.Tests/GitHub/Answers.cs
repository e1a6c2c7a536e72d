using System.Text;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Reconciler.Tests.GitHub;

/// <summary>Answers in GitHub's shapes.</summary>
internal static class Answers
{
    public const string Repository = """
        {"id": 123456, "node_id": "R_1", "name": "fleet", "full_name": "acme/fleet", "owner": {"id": 1, "login": "acme", "type": "Organization"},
         "html_url": "https://github.com/acme/fleet", "private": true, "archived": false, "disabled": false, "default_branch": "main",
         "permissions": {"admin": false, "push": true, "pull": true}, "allow_auto_merge": true}
        """;

    /// <summary>A pull request of ours.</summary>
    public static string PullRequest(int number, string branch = "odoosky/prod/i-acme", string state = "open", string updated = "2026-11-25T10:00:00Z") => $$"""
        {"id": {{1000 + number}}, "node_id": "PR_{{number}}", "number": {{number}}, "state": "{{state}}", "title": "odoosky(prod): acme", "body": "text",
         "html_url": "https://github.com/acme/fleet/pull/{{number}}", "user": {"id": 9, "login": "odoosky[bot]", "type": "Bot"}, "draft": false, "locked": false,
         "created_at": "2026-11-25T09:00:00Z", "updated_at": "{{updated}}", "closed_at": null, "merged_at": null, "merge_commit_sha": null,
         "head": {"label": "acme:{{branch}}", "ref": "{{branch}}", "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e", "repo": {"id": 123456, "full_name": "acme/fleet"} },
         "base": {"label": "acme:main", "ref": "main", "sha": "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d", "repo": {"id": 123456, "full_name": "acme/fleet"} },
         "labels": [{"id": 1, "name": "odoosky"}], "assignees": [], "requested_reviewers": [], "requested_teams": [], "auto_merge": null}
        """;

    public static Task JsonAsync(this HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json)).AsTask();
    }

    /// <summary>As GitHub marks answers: 304 when the mark is known already.</summary>
    public static Task MarkedAsync(this HttpContext context, string json, string etag)
    {
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch != etag) return context.JsonAsync(json);
        context.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
