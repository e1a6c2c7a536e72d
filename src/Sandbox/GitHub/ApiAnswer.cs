using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.GitHub;

/// <summary>An answer of the API before it is written.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON, or null for none.</param>
internal sealed record ApiAnswer(int Status, JsonNode? Body)
{
    private const string Docs = "https://docs.github.com/rest";

    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    public static ApiAnswer NoContent { get; } = new(204, null);

    public static ApiAnswer NotFound => Refuse(404, "Not Found");

    public static ApiAnswer Ok(JsonNode body) => new(200, body);

    public static ApiAnswer Created(JsonNode body) => new(201, body);

    /// <summary>GitHub's shape of an error.</summary>
    public static ApiAnswer Refuse(int status, string message, string? documentation = null) => new(status, new JsonObject
    {
        ["message"] = message, ["documentation_url"] = documentation ?? Docs, ["status"] = status.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>A 422 about one field or with GitHub's own sentence.</summary>
    public static ApiAnswer Invalid(string resource, string? field, string code, string? sentence = null)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = code };
        if (field is not null) error["field"] = field;
        if (sentence is not null) error["message"] = sentence;
        return new ApiAnswer(422, new JsonObject
        {
            ["message"] = "Validation Failed", ["errors"] = new JsonArray(error), ["documentation_url"] = Docs, ["status"] = "422",
        });
    }

    /// <summary>One page of a list, with GitHub's Link header.</summary>
    /// <param name="request">Says which page; 30 an answer when it doesn't, 100 at most.</param>
    /// <param name="address">The address of the API.</param>
    /// <param name="all">The whole list.</param>
    /// <param name="shape">Makes JSON of one.</param>
    public static ApiAnswer Page<T>(ApiRequest request, string address, IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var (size, page, last) = PageOf(request, all.Count);
        var items = all.Skip((page - 1) * size).Take(size).Select(shape);
        return Ok(new JsonArray([.. items])) with { Headers = Links(request, address, page, last) };
    }

    /// <summary>Which part of a list is asked for.</summary>
    public static (int Size, int Page, int Last) PageOf(ApiRequest request, int count)
    {
        var size = Math.Clamp(Read(request, "per_page", 30), 1, 100);
        return (size, Math.Max(1, Read(request, "page", 1)), Math.Max(1, (count + size - 1) / size));
    }

    /// <summary>The Link header of a page, or nothing when there is one page only.</summary>
    public static ImmutableArray<(string Name, string Value)> Links(ApiRequest request, string address, int page, int last)
    {
        var links = new List<string>();
        if (page > 1) links.Add(Link(page - 1, "prev"));
        if (page < last) links.Add(Link(page + 1, "next"));
        if (page < last) links.Add(Link(last, "last"));
        if (page > 1) links.Add(Link(1, "first"));
        return links.Count == 0 ? [] : [("Link", string.Join(", ", links))];

        string Link(int number, string relation)
        {
            var query = request.Query.Where(pair => pair.Key != "page").Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}");
            return $"<{address}{request.Path}?{string.Join('&', query.Append("page=" + number.ToString(CultureInfo.InvariantCulture)))}>; rel=\"{relation}\"";
        }
    }

    private static int Read(ApiRequest request, string name, int otherwise) =>
        request.Query.TryGetValue(name, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
