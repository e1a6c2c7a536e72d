using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Lists in pages. All pages speak of the first page's version and objects.</summary>
internal sealed class Listing(ObjectStore store)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, Dictionary<string, List<JsonObject>>> pages = [];

    /// <summary>Lets all pages that were begun expire.</summary>
    public void Expire()
    {
        lock (gate) pages.Clear();
    }

    public async Task AnswerAsync(HttpContext context, ApiRequest asked)
    {
        if (asked.Query["resourceVersionMatch"] == "Exact" && asked.Number("resourceVersion") <= store.Compacted)
        {
            await Answers.StatusAsync(context, 410, "Expired", "The resourceVersion for the provided list is too old.");
            return;
        }

        if (asked.Number("resourceVersion") > store.Version)
        {
            await TooLargeAsync(context, asked);
            return;
        }

        var token = asked.Query["continue"].ToString();
        if (token.Length == 0) await FirstAsync(context, asked);
        else await NextAsync(context, asked, token);
    }

    private Task FirstAsync(HttpContext context, ApiRequest asked)
    {
        var (all, version) = store.List(asked.Kind!, asked.Namespace);
        // A list at version 0 comes from the cache, which knows no limit.
        var limit = asked.Query["resourceVersion"] == "0" ? null : asked.Number("limit");
        return PageAsync(context, asked, [.. all.Where(found => Selection.Holds(asked, found))], (version, 0, limit));
    }

    private async Task NextAsync(HttpContext context, ApiRequest asked, string token)
    {
        if (Cursor(token) is not var (version, start))
        {
            await Answers.StatusAsync(context, 400, "BadRequest", "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value");
            return;
        }

        List<JsonObject>? rest;
        lock (gate) rest = pages.GetValueOrDefault(version)?.GetValueOrDefault(asked.Kind!.FullName + "/" + asked.Namespace);
        if (rest is not null) await PageAsync(context, asked, rest, (version, start, asked.Number("limit")));
        else await ExpiredAsync(context, start);
    }

    private static Task ExpiredAsync(HttpContext context, int start) => Answers.StatusAsync(
        context,
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.",
        null,
        new JsonObject { ["continue"] = TokenOf(-1, start) });

    private static async Task TooLargeAsync(HttpContext context, ApiRequest asked)
    {
        context.Response.Headers.RetryAfter = "1";
        var details = new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        };
        await Answers.StatusAsync(context, 504, "Timeout", $"Timeout: Too large resource version: {asked.Query["resourceVersion"]}", details);
    }

    private async Task PageAsync(HttpContext context, ApiRequest asked, List<JsonObject> all, (long Version, int Start, long? Limit) cut)
    {
        var count = (int)Math.Min(cut.Limit ?? all.Count, all.Count - cut.Start);
        var left = all.Count - cut.Start - count;
        var meta = new JsonObject();
        if (left > 0)
        {
            lock (gate)
            {
                if (!pages.TryGetValue(cut.Version, out var kinds)) pages[cut.Version] = kinds = new(StringComparer.Ordinal);
                kinds[asked.Kind!.FullName + "/" + asked.Namespace] = all;
            }

            meta["continue"] = TokenOf(cut.Version, cut.Start + count);
            meta["remainingItemCount"] = left;
        }
        else if (asked.Kind!.IsCustom) meta["continue"] = "";

        meta["resourceVersion"] = cut.Version.ToString(CultureInfo.InvariantCulture);
        await Answers.JsonAsync(context, Envelope(asked.Kind!, all.Skip(cut.Start).Take(count), meta));
    }

    private static JsonObject Envelope(ServedKind kind, IEnumerable<JsonObject> items, JsonObject meta)
    {
        var list = new JsonArray([.. items.Select(item => item.DeepClone())]);
        if (kind.IsCustom) return new JsonObject { ["apiVersion"] = kind.ApiVersion, ["items"] = list, ["kind"] = kind.Kind + "List", ["metadata"] = meta };
        return new JsonObject { ["kind"] = kind.Kind + "List", ["apiVersion"] = kind.ApiVersion, ["metadata"] = meta, ["items"] = list };
    }

    private static string TokenOf(long version, int start) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"v":"meta.k8s.io/v1","rv":{{version}},"start":"{{start}}"}""")));

    private static (long Version, int Start)? Cursor(string token)
    {
        try
        {
            var read = JsonNode.Parse(Convert.FromBase64String(token));
            return ((long)read!["rv"]!, int.Parse((string)read["start"]!, CultureInfo.InvariantCulture));
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }
}
