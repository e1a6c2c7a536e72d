using System.Text.Json.Nodes;
using OdooSky.GitOps.Overlay.Desired;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>What Argo CD does with an Application at the moment.</summary>
internal enum SyncStage
{
    /// <summary>Compared, and all is as Git says.</summary>
    Synced,

    /// <summary>It differs, and a sync runs.</summary>
    Syncing,
}

/// <summary>An Application, shaped as Argo CD writes it.</summary>
/// <param name="Code">The instance's code; the Application's name.</param>
/// <param name="Source">Where the chart and the overlay are.</param>
internal sealed record ApplicationObject(string Code, DeployedFrom Source)
{
    /// <summary>The namespace that it deploys to.</summary>
    public string Namespace => "odoo-" + Code;

    /// <summary>What Argo CD does.</summary>
    public SyncStage Stage { get; init; }

    /// <summary>The head that it was compared with.</summary>
    public required string Revision { get; init; }

    /// <summary>When the last comparison ended.</summary>
    public required DateTimeOffset ReconciledAt { get; init; }

    /// <summary>The last sync's revision; null: there was none.</summary>
    public string? SyncedRevision { get; init; }

    /// <summary>When the last sync began and ended.</summary>
    public (DateTimeOffset Started, DateTimeOffset? Finished) Operation { get; init; }

    /// <summary>Health: Healthy, Progressing, Missing.</summary>
    public string Health { get; init; } = "Missing";

    /// <summary>When we were last asked to look again; null: never.</summary>
    public string? RefreshedAt { get; init; }

    /// <summary>The object.</summary>
    public JsonObject ToJson()
    {
        var meta = new JsonObject { ["name"] = Code, ["namespace"] = "argocd" };
        if (RefreshedAt is not null) meta["annotations"] = new JsonObject { ["argocd.argoproj.io/refresh-timestamp"] = RefreshedAt };
        return new JsonObject
        {
            ["metadata"] = meta,
            ["spec"] = new JsonObject
            {
                ["destination"] = Destination(), ["project"] = "odoo", ["source"] = ChartSource(),
                ["syncPolicy"] = new JsonObject { ["automated"] = new JsonObject { ["selfHeal"] = true, ["prune"] = false } },
            },
            ["status"] = Status(),
        };
    }

    /// <summary>A time as Kubernetes writes it: whole seconds, UTC.</summary>
    public static string Stamp(DateTimeOffset at) => UtcTime.Write(at);

    private JsonObject Status()
    {
        var status = new JsonObject
        {
            ["health"] = new JsonObject { ["status"] = Health },
            ["reconciledAt"] = Stamp(ReconciledAt),
            ["resources"] = new JsonArray(new JsonObject
            {
                ["group"] = "apps", ["version"] = "v1", ["kind"] = "Deployment", ["namespace"] = Namespace, ["name"] = Code + "-odoo", ["status"] = Word,
            }),
            ["sourceType"] = "Helm",
            ["sync"] = new JsonObject
            {
                ["comparedTo"] = new JsonObject { ["destination"] = Destination(), ["source"] = ChartSource() }, ["revision"] = Revision, ["status"] = Word,
            },
        };
        if (SyncedRevision is null) return status;
        status["operationState"] = OperationState();
        if (Operation.Finished is { } finished)
            status["history"] = new JsonArray(new JsonObject
            {
                ["deployStartedAt"] = Stamp(Operation.Started), ["deployedAt"] = Stamp(finished), ["id"] = 0, ["revision"] = SyncedRevision, ["source"] = ChartSource(),
            });
        return status;
    }

    private string Word => Stage == SyncStage.Synced ? "Synced" : "OutOfSync";

    private JsonObject OperationState()
    {
        var state = new JsonObject
        {
            ["operation"] = new JsonObject
            {
                ["initiatedBy"] = new JsonObject { ["automated"] = true }, ["retry"] = new JsonObject { ["limit"] = 5 },
                ["sync"] = new JsonObject { ["revision"] = SyncedRevision },
            },
            ["phase"] = Operation.Finished is null ? "Running" : "Succeeded",
            ["startedAt"] = Stamp(Operation.Started),
            ["syncResult"] = new JsonObject { ["revision"] = SyncedRevision, ["source"] = ChartSource() },
        };
        if (Operation.Finished is { } at) (state["finishedAt"], state["message"]) = (Stamp(at), "successfully synced (all tasks run)");
        return state;
    }

    private JsonObject Destination() => new() { ["namespace"] = Namespace, ["server"] = "https://kubernetes.default.svc" };

    private JsonObject ChartSource() => new()
    {
        ["helm"] = new JsonObject { ["releaseName"] = Code, ["valueFiles"] = new JsonArray("/" + Source.Overlays.Replace("{code}", Code, StringComparison.Ordinal)) },
        ["path"] = Source.Chart,
        ["repoURL"] = Source.Repository,
        ["targetRevision"] = Source.Branch,
    };
}

/// <summary>What Argo CD deploys from.</summary>
/// <param name="Repository">The repository's address.</param>
/// <param name="Branch">The branch that it follows.</param>
/// <param name="Chart">The chart's folder.</param>
/// <param name="Overlays">Where overlays lie, with <c>{code}</c> in it.</param>
internal sealed record DeployedFrom(string Repository, string Branch, string Chart, string Overlays);
