using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace OdooSky.GitOps.Reconciler.GitHub;

/// <summary>Lists in pages of a hundred.</summary>
internal static class Lists
{
    private const int MostPages = 100;

    /// <summary>One page.</summary>
    public static async Task<ResultPage<T>> PageAsync<T>(
        this Connection connection, GitHubCall call, JsonTypeInfo<ImmutableArray<T>> type, CancellationToken cancellation)
    {
        var received = await connection.AskAsync(call, type, cancellation);
        return new ResultPage<T>(received.Value, received.Answer.HasNext, received.Unchanged);
    }

    /// <summary>All pages of a list that takes <c>per_page</c> and <c>page</c>, at most a hundred.</summary>
    public static async Task<ImmutableArray<T>> AllAsync<T>(
        this Connection connection, GitHubCall call, JsonTypeInfo<ImmutableArray<T>> type, CancellationToken cancellation)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        for (var page = 1; page <= MostPages; page++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{call.Path}?per_page=100&page={page}");
            var part = await connection.PageAsync(call with { Path = path }, type, cancellation);
            all.AddRange(part.Items);
            if (!part.HasNext) return all.ToImmutable();
        }

        throw new GitHubFailure(GitHubFailureKind.Other, $"GitHub could not {call.Purpose}: there are more than {MostPages * 100}.");
    }
}
