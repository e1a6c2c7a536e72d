using System.Globalization;
using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox.Kubernetes;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>
/// An instance's Deployment with its ReplicaSets and its pod, in an API server's store, moved step by step as Kubernetes does with the
/// strategy <c>Recreate</c>: the old pod ends before the new one starts.
/// </summary>
/// <param name="store">The API server's objects.</param>
/// <param name="code">The instance's code.</param>
/// <param name="time">The clock.</param>
internal sealed class Workload(ObjectStore store, string code, TimeProvider time)
{
    private static readonly ServedKind Deployments = ServedKind.Find("apps", "deployments")!;
    private static readonly ServedKind ReplicaSets = ServedKind.Find("apps", "replicasets")!;
    private static readonly ServedKind Pods = ServedKind.Find("", "pods")!;

    // As the chart says it.
    private const int HistoryLimit = 3;

    // The oldest first.
    private readonly OrderedDictionary<string, Release> replicaSets = new(StringComparer.Ordinal);
    private int revision;
    private string? pod;

    private string Space => "odoo-" + code;

    private string Name => code + "-odoo";

    /// <summary>Whether a release has another pod template than the one that runs.</summary>
    public bool Differs(Release release) => Running?.TemplateHash != release.TemplateHash;

    /// <summary>The release whose template stands in the Deployment.</summary>
    public Release? Running { get; private set; }

    /// <summary>The Deployment gets a new template, and the old pod is told to end.</summary>
    public void Apply(Release release)
    {
        Running = release;
        PutDeployment(Status(0, "ReplicaSetUpdated", isAvailable: false));
        if (pod is not null && store.Find(Pods, Space, pod) is { } old) PutPod(Ending(old));
    }

    /// <summary>The old pod is gone; the new ReplicaSet makes one that has started nothing yet.</summary>
    public void Replace()
    {
        if (pod is not null) store.Delete(Pods, Space, pod);
        revision++;
        replicaSets.Remove(Running!.TemplateHash);
        replicaSets.Add(Running.TemplateHash, Running);
        for (; replicaSets.Count > 1 + HistoryLimit; replicaSets.RemoveAt(0)) store.Delete(ReplicaSets, Space, $"{Name}-{replicaSets.GetAt(0).Key}");
        foreach (var (hash, release) in replicaSets) PutReplicaSet(hash, release, hash == Running.TemplateHash ? 1 : 0);
        pod = string.Create(CultureInfo.InvariantCulture, $"{Name}-{Running.TemplateHash}-{revision:x5}");
        PutDeployment(Status(0, "ReplicaSetUpdated", isAvailable: false));
        Start(0, hasImage: true);
    }

    /// <summary>So many containers have done their work, and the next one starts, or lacks its image.</summary>
    public void Start(int done, bool hasImage) => PutPod(PodText.Of(Running!, done, hasImage, ApplicationObject.Stamp(time.GetUtcNow())));

    /// <summary>The pod is ready.</summary>
    public void Finish()
    {
        Start(Running!.InitContainers.Length + 1, hasImage: true);
        PutDeployment(Status(1, "NewReplicaSetAvailable", isAvailable: true));
    }

    /// <summary>The Deployment has waited for its pod longer than its deadline.</summary>
    public void Exceed() => PutDeployment(Status(0, "ProgressDeadlineExceeded", isAvailable: false));

    /// <summary>All of it goes.</summary>
    public void Remove()
    {
        if (pod is not null) store.Delete(Pods, Space, pod);
        foreach (var hash in replicaSets.Keys) store.Delete(ReplicaSets, Space, $"{Name}-{hash}");
        store.Delete(Deployments, Space, Name);
    }

    private JsonObject Labels() => new() { ["app.kubernetes.io/instance"] = code, ["odoosky.io/role"] = "odoo" };

    private void PutDeployment(JsonObject status)
    {
        JsonObject Made(JsonObject? of) => new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = Name, ["namespace"] = Space, ["labels"] = Labels(),
                ["annotations"] = new JsonObject { ["deployment.kubernetes.io/revision"] = revision.ToString(CultureInfo.InvariantCulture) },
            },
            ["spec"] = Spec(1, Running!),
            ["status"] = of,
        };

        // The generation is the store's, and the status speaks of it.
        var stored = store.Put(Deployments, Made((JsonObject?)store.Find(Deployments, Space, Name)?["status"]?.DeepClone()));
        status["observedGeneration"] = (long)stored["metadata"]!["generation"]!;
        store.Put(Deployments, Made(status));
    }

    private void PutReplicaSet(string hash, Release release, int replicas)
    {
        var before = store.Find(ReplicaSets, Space, $"{Name}-{hash}")?["metadata"]?["annotations"]?["deployment.kubernetes.io/revision"];
        var number = replicas > 0 || before is null ? revision.ToString(CultureInfo.InvariantCulture) : (string)before!;
        store.Put(ReplicaSets, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{Name}-{hash}", ["namespace"] = Space, ["labels"] = Labels(),
                ["annotations"] = new JsonObject { ["deployment.kubernetes.io/revision"] = number },
                ["ownerReferences"] = new JsonArray(OwnedBy(Deployments, Name)),
            },
            ["spec"] = Spec(replicas, release),
            ["status"] = new JsonObject { ["replicas"] = replicas },
        });
    }

    private void PutPod(JsonObject text)
    {
        text["metadata"] = new JsonObject
        {
            ["name"] = pod, ["namespace"] = Space, ["labels"] = Labels(),
            ["annotations"] = (text["annotations"] ?? store.Find(Pods, Space, pod!)?["metadata"]?["annotations"])?.DeepClone(),
            ["ownerReferences"] = new JsonArray((store.Find(Pods, Space, pod!)?["metadata"]?["ownerReferences"]?[0] ?? OwnedBy(ReplicaSets, $"{Name}-{Running!.TemplateHash}")).DeepClone()),
        };
        if (text["ends"] is { } ends) text["metadata"]!["deletionTimestamp"] = ends.DeepClone();
        text.Remove("annotations");
        text.Remove("ends");
        store.Put(Pods, text);
    }

    private JsonObject Ending(JsonObject old)
    {
        var ending = (JsonObject)old.DeepClone();
        ending["ends"] = ApplicationObject.Stamp(time.GetUtcNow());
        return ending;
    }

    private JsonObject OwnedBy(ServedKind kind, string name) => new()
    {
        ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["name"] = name, ["controller"] = true, ["blockOwnerDeletion"] = true,
        ["uid"] = (string?)store.Find(kind, Space, name)?["metadata"]?["uid"],
    };

    private JsonObject Spec(int replicas, Release release) => new()
    {
        ["replicas"] = replicas,
        ["selector"] = new JsonObject { ["matchLabels"] = Labels() },
        ["strategy"] = new JsonObject { ["type"] = "Recreate" },
        ["template"] = new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = Labels(), ["annotations"] = new JsonObject { ["odoosky.io/addons-hash"] = release.Hash } },
            ["spec"] = new JsonObject { ["initContainers"] = PodText.Containers(release.InitContainers), ["containers"] = PodText.Containers([release.Odoo]) },
        },
    };

    private JsonObject Status(int ready, string reason, bool isAvailable)
    {
        var now = ApplicationObject.Stamp(time.GetUtcNow());
        return new JsonObject
        {
            ["observedGeneration"] = 0, ["replicas"] = ready, ["updatedReplicas"] = ready, ["readyReplicas"] = ready, ["availableReplicas"] = ready,
            ["conditions"] = new JsonArray(
                Condition("Available", isAvailable ? "True" : "False", isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable", now),
                Condition("Progressing", reason == "ProgressDeadlineExceeded" ? "False" : "True", reason, now)),
        };
    }

    private JsonObject Condition(string type, string status, string reason, string at) => new()
    {
        ["type"] = type, ["status"] = status, ["reason"] = reason, ["lastTransitionTime"] = at, ["lastUpdateTime"] = at,
        ["message"] = type == "Progressing" ? $"ReplicaSet \"{Name}-{Running!.TemplateHash}\" {Progress(reason)}." : $"Deployment has {(status == "True" ? "" : "no ")}minimum availability.",
    };

    private static string Progress(string reason) => reason switch
    {
        "ProgressDeadlineExceeded" => "has timed out progressing",
        "NewReplicaSetAvailable" => "has successfully progressed",
        _ => "is progressing",
    };
}
