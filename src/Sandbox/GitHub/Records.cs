using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>A label of a repository.</summary>
internal sealed record LabelRecord(long Id, string Name, string Color, string? Description);

/// <summary>A comment on an issue or pull request.</summary>
internal sealed record CommentRecord(long Id, int Number, Account Author, DateTimeOffset CreatedAt)
{
    public required string Body { get; set; }

    public DateTimeOffset UpdatedAt { get; set; } = CreatedAt;
}

/// <summary>A commit status; the newest one of a context counts.</summary>
internal sealed record StatusRecord(long Id, string Sha, Account Creator, DateTimeOffset CreatedAt)
{
    public required string State { get; init; }

    public required string Context { get; init; }

    public string? Description { get; init; }

    public string? TargetUrl { get; init; }
}

/// <summary>A check run of an app: its fields as they were sent, completed by GitHub's own.</summary>
internal sealed record CheckRunRecord(long Id, string HeadSha, JsonObject Sent, DateTimeOffset CreatedAt);

/// <summary>Auto-merge that somebody switched on.</summary>
internal sealed record AutoMergeRecord(Account By, string Method, DateTimeOffset At);
