using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OdooSky.GitOps.Sandbox.Kubernetes;

/// <summary>Creates objects: a name is taken once.</summary>
internal static class Creating
{
    public static async Task AnswerAsync(HttpContext context, ApiRequest asked, ObjectStore store)
    {
        JsonObject wanted;
        try
        {
            wanted = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            await Answers.StatusAsync(context, 400, "BadRequest", "the object provided is unrecognized (must be of type " + asked.Kind!.Kind + ")");
            return;
        }

        var name = (string?)wanted["metadata"]?["name"] ?? "";
        var named = asked with { Name = name };
        if (store.Find(asked.Kind!, asked.Namespace ?? "", name) is not null)
            await Answers.StatusAsync(context, 409, "AlreadyExists", $"{asked.Kind!.FullName} \"{name}\" already exists", Answers.Details(named));
        else
            await Answers.JsonAsync(context, store.Put(asked.Kind!, wanted).DeepClone(), 201);
    }
}
