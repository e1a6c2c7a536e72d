using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Which write goes first when several wait: what ends a change before what moves one, before what begins one.</summary>
internal enum WriteOrder
{
    /// <summary>Closes a pull request, deletes a branch.</summary>
    Close,

    /// <summary>Everything else.</summary>
    Update,

    /// <summary>Opens a pull request.</summary>
    Create,
}

/// <summary>One request.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Endpoint">GitHub's template of it, for counting: <c>/repos/{owner}/{repo}/pulls</c>. No value of ours is in it.</param>
/// <param name="Path">What to ask for, below the API's root, escaped.</param>
/// <param name="Purpose">Completes "GitHub could not …": <c>open a pull request for odoosky/prod/i-acme</c>.</param>
internal sealed record GitHubCall(HttpMethod Method, string Endpoint, string Path, string Purpose)
{
    /// <summary>The path that stands for GraphQL, whose address is not always below REST's.</summary>
    public const string GraphQLPath = "graphql";

    /// <summary>JSON, or empty.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Which of the waiting writes it is.</summary>
    public WriteOrder Order { get; init; } = WriteOrder.Update;

    /// <summary>Whether it notifies people, and so counts for the stricter budget.</summary>
    public bool CreatesContent { get; init; }

    /// <summary>A GraphQL query: a POST that changes nothing.</summary>
    public bool IsQuery { get; init; }

    public bool IsRead => Method == HttpMethod.Get || IsQuery;

    public bool IsGraphQL => string.Equals(Path, GraphQLPath, StringComparison.Ordinal);

    /// <summary>What is counted in GitHub's quotas: REST and GraphQL have one each.</summary>
    public string Quota => IsGraphQL ? "graphql" : "core";

    public static GitHubCall Get(string endpoint, string path, string purpose) => new(HttpMethod.Get, endpoint, path, purpose);

    public static GitHubCall Delete(string endpoint, string path, string purpose) => new(HttpMethod.Delete, endpoint, path, purpose);

    public GitHubCall With<T>(T body, JsonTypeInfo<T> type) => this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
