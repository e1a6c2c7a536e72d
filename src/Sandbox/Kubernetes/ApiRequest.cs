using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>A request for objects, as its path and query say.</summary>
internal sealed record ApiRequest
{
    /// <summary>get, list, watch, patch, create.</summary>
    public required string Verb { get; init; }

    public required string Group { get; init; }

    public required string Plural { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public required IQueryCollection Query { get; init; }

    /// <summary>The kind, or null when it is not served.</summary>
    public ServedKind? Kind => ServedKind.Find(Group, Plural);

    /// <summary>Reads a request.</summary>
    /// <param name="request">HTTP's.</param>
    /// <returns>It, or null when the path is not one of objects.</returns>
    public static ApiRequest? Read(HttpRequest request)
    {
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts switch
        {
            ["api", "v1", .. var tail] => ("", tail),
            ["apis", var named, _, .. var tail] => (named, tail),
            _ => ("", []),
        };
        var (space, plural, name) = rest switch
        {
            ["namespaces", var inside, var many] => (inside, many, null),
            ["namespaces", var inside, var many, var one] => (inside, many, one),
            [var many] => (null, many, null),
            _ => ((string?)null, "", (string?)null),
        };
        if (plural.Length == 0) return null;
        return new ApiRequest { Verb = VerbOf(request, name), Group = group, Plural = plural, Namespace = space, Name = name, Query = request.Query };
    }

    /// <summary>A whole number of the query.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Null without one.</returns>
    public long? Number(string key) =>
        long.TryParse(Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string VerbOf(HttpRequest request, string? name)
    {
        if (!HttpMethods.IsGet(request.Method)) return HttpMethods.IsPatch(request.Method) ? "patch" : HttpMethods.IsPost(request.Method) ? "create" : "other";
        var isWatch = request.Query["watch"].ToString() is "1" or "true";
        return isWatch ? "watch" : name is null ? "list" : "get";
    }
}
