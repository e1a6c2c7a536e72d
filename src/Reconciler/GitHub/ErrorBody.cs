using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>
/// What GitHub says when it refuses: <c>{"message": …, "errors": [{resource, field, code, message}]}</c>, where an error, or all of
/// them, may also be a plain text.
/// </summary>
/// <param name="Message">The sentence.</param>
/// <param name="Errors">What was wrong.</param>
internal sealed record ErrorBody(string Message, ImmutableArray<ApiErrorDetail> Errors)
{
    private const int Longest = 1000;

    public static ErrorBody Nothing { get; } = new(string.Empty, []);

    /// <summary>The sentence and what was wrong, in one line, at most 1,000 characters.</summary>
    public string Words => OneLine(string.Join("; ", Errors.Select(Describe).Prepend(Message).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)));

    /// <summary>Reads a body.</summary>
    /// <param name="answer">An answer that is no success.</param>
    /// <returns>What it says; nothing when it is not of that shape.</returns>
    public static ErrorBody Of(GitHubAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static ErrorBody Of(JsonElement body)
    {
        var errors = body.TryGetProperty("errors", out var list) ? list : default;
        return new ErrorBody(Text(body, "message") ?? string.Empty, errors.ValueKind switch
        {
            JsonValueKind.Array => [.. errors.EnumerateArray().Take(20).Select(Detail)],
            JsonValueKind.String => [Detail(errors)],
            _ => [],
        });
    }

    private static ApiErrorDetail Detail(JsonElement error) => error.ValueKind == JsonValueKind.Object
        ? new(Text(error, "resource"), Text(error, "field"), Text(error, "code"), Text(error, "message"))
        : new(null, null, null, error.ToString());

    private static string Describe(ApiErrorDetail error) =>
        error.Message ?? string.Join(' ', new[] { error.Resource, error.Field, error.Code }.Where(part => !string.IsNullOrEmpty(part)));

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text.Take(Longest)) line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString().Trim();
    }
}
