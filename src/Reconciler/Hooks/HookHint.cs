using System.Collections.Immutable;
using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.Hooks;

/// <summary>A comment that may hold a command. What it says, and who said it, is asked of GitHub.</summary>
/// <param name="Number">The pull request.</param>
/// <param name="Comment">The comment's number.</param>
internal sealed record CommentHint(int Number, long Comment);

/// <summary>Where a webhook says that it is worth looking. Nothing of it is believed: who gets it looks, and finds out.</summary>
/// <param name="Repository">The repository's full name, <c>acme/fleet</c>.</param>
/// <param name="Addresses">Its addresses for Git.</param>
/// <param name="Pushed">The branch that was pushed to, or null.</param>
/// <param name="Branches">All branches that it names.</param>
/// <param name="Comment">A comment that may hold a command, or null.</param>
internal sealed record HookHint(string Repository, ImmutableArray<string> Addresses, string? Pushed, ImmutableArray<string> Branches, CommentHint? Comment)
{
    private const string Heads = "refs/heads/";

    /// <summary>Reads a payload.</summary>
    /// <param name="kind">The event: <c>push</c>, <c>pull_request</c> or <c>issue_comment</c>.</param>
    /// <param name="payload">The bytes.</param>
    /// <returns>The hint, or null: it is no JSON of an event.</returns>
    public static HookHint? TryParse(string kind, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return Of(kind, json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // a text in it is no Unicode
        }
    }

    private static HookHint? Of(string kind, JsonElement root)
    {
        if (Text(root, "repository", "full_name") is not { } repository) return null;
        var pushed = kind == "push" && Text(root, "ref") is { } name && name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : null;
        string?[] branches = kind == "pull_request" ? [Text(root, "pull_request", "base", "ref"), Text(root, "pull_request", "head", "ref")] : [pushed];
        string?[] addresses = [Text(root, "repository", "clone_url"), Text(root, "repository", "ssh_url"), Text(root, "repository", "git_url")];
        return new HookHint(repository, [.. addresses.OfType<string>()], pushed, [.. branches.OfType<string>()], kind == "issue_comment" ? CommentOf(root) : null);
    }

    // A new comment on a pull request; an edited one is no command, since its author may be another person.
    private static CommentHint? CommentOf(JsonElement root)
    {
        if (Text(root, "action") != "created" || At(root, "issue", "pull_request")?.ValueKind != JsonValueKind.Object) return null;
        if (Text(root, "comment", "body")?.TrimStart().StartsWith(CommandWord.Mark, StringComparison.Ordinal) != true) return null;
        return At(root, "issue", "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var pull)
            && At(root, "comment", "id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var comment)
            ? new CommentHint(pull, comment) : null;
    }

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path) =>
        At(root, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static JsonElement? At(JsonElement root, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(key, out root)) return null;
        return root;
    }
}
