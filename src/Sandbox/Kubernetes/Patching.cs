using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Merge patches (RFC 7396), with the refusals of a real server.</summary>
internal sealed class Patching(ObjectStore store)
{
    public async Task AnswerAsync(HttpContext context, ApiRequest asked)
    {
        if (context.Request.ContentType is not "application/merge-patch+json")
        {
            await Answers.StatusAsync(context, 415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
            return;
        }

        if (store.Find(asked.Kind!, asked.Namespace ?? "", asked.Name!) is not { } found) await Answers.NotFoundAsync(context, asked);
        else await MergeAsync(context, asked, found);
    }

    private async Task MergeAsync(HttpContext context, ApiRequest asked, JsonObject found)
    {
        JsonObject patch;
        try
        {
            patch = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            await Answers.StatusAsync(context, 400, "BadRequest", "error decoding patch: unexpected end of JSON input");
            return;
        }

        if (patch["metadata"]?["resourceVersion"] is { } wanted && (string?)wanted != (string?)found["metadata"]!["resourceVersion"])
            await Answers.StatusAsync(context, 409, "Conflict", $"Operation cannot be fulfilled on {asked.Kind!.FullName} \"{asked.Name}\": the object has been modified; please apply your changes to the latest version and try again", Answers.Details(asked));
        else
            await Answers.JsonAsync(context, store.Put(asked.Kind!, (JsonObject)Merge(found, patch)!).DeepClone());
    }

    private static JsonNode? Merge(JsonNode? onto, JsonNode? patch)
    {
        if (patch is not JsonObject fields) return patch?.DeepClone();
        var merged = onto is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (key, value) in fields)
            if (value is null) merged.Remove(key);
            else merged[key] = Merge(merged[key], value);
        return merged;
    }
}
