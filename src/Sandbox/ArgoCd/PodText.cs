using System.Text.Json.Nodes;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>A pod's spec and status while its containers start one after the other.</summary>
internal static class PodText
{
    /// <summary>A pod of which so many containers are done.</summary>
    /// <param name="release">What it starts.</param>
    /// <param name="done">How many init containers have ended; one more: Odoo runs and is ready.</param>
    /// <param name="hasImage">Whether the registry has the next one's image.</param>
    /// <param name="now">The time, as Kubernetes writes it.</param>
    /// <returns>Annotations, spec and status.</returns>
    public static JsonObject Of(Release release, int done, bool hasImage, string now)
    {
        var isReady = done > release.InitContainers.Length;
        return new JsonObject
        {
            ["annotations"] = new JsonObject { ["odoosky.io/addons-hash"] = release.Hash },
            ["spec"] = new JsonObject
            {
                ["nodeName"] = "node-1", ["initContainers"] = Containers(release.InitContainers), ["containers"] = Containers([release.Odoo]),
            },
            ["status"] = new JsonObject
            {
                ["phase"] = isReady ? "Running" : "Pending",
                ["conditions"] = new JsonArray(Condition("PodScheduled", isTrue: true, now), Condition("Ready", isReady, now)),
                ["initContainerStatuses"] = new JsonArray([.. release.InitContainers.Select((container, i) => State(container, i.CompareTo(done), hasImage, now))]),
                ["containerStatuses"] = new JsonArray(isReady ? Runs(release.Odoo, now) : Waits(release.Odoo, "PodInitializing", null)),
            },
        };
    }

    /// <summary>Containers as a spec lists them.</summary>
    public static JsonArray Containers(IEnumerable<StartedContainer> containers) =>
        [.. containers.Select(container => new JsonObject { ["name"] = container.Name, ["image"] = container.Image })];

    private static JsonObject State(StartedContainer container, int place, bool hasImage, string now) => place switch
    {
        < 0 => Status(container, new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 0, ["reason"] = "Completed", ["startedAt"] = now, ["finishedAt"] = now } }, ready: true),
        0 when !hasImage => Waits(container, "ImagePullBackOff", $"Back-off pulling image \"{container.Image}\": ErrImagePull: {container.Image}: not found"),
        0 => Status(container, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } }, ready: false),
        _ => Waits(container, "PodInitializing", null),
    };

    private static JsonObject Runs(StartedContainer container, string now) =>
        Status(container, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } }, ready: true);

    private static JsonObject Waits(StartedContainer container, string reason, string? message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null) waiting["message"] = message;
        return Status(container, new JsonObject { ["waiting"] = waiting }, ready: false);
    }

    private static JsonObject Status(StartedContainer container, JsonObject state, bool ready) =>
        new() { ["name"] = container.Name, ["image"] = container.Image, ["state"] = state, ["ready"] = ready, ["restartCount"] = 0 };

    private static JsonObject Condition(string type, bool isTrue, string now) =>
        new() { ["type"] = type, ["status"] = isTrue ? "True" : "False", ["lastTransitionTime"] = now };
}
