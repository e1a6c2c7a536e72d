using System.Text.Json.Nodes;
using OdooSky.GitOps.Sandbox.Kubernetes;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>
/// One instance between Git and the cluster; each step moves it on by one:
/// <code>
/// idle      → a new head: the same overlay → compared, Synced with it, nothing rolls
///                         another overlay  → syncing
/// syncing   → applied: Synced; another pod template → ending, else idle
/// ending    → the old pod is gone, the new one is there → starting
/// starting  → one container after the other; the last one → ready, idle; an image that is not there → stuck
/// stuck     → after some steps the Deployment's deadline is exceeded; stays so until the next head
/// </code>
/// </summary>
internal sealed class SimulatedInstance(ObjectStore store, string code, DeployedFrom source, SimulatedWorld world)
{
    private const int Patience = 6;

    private static readonly ServedKind Applications = ServedKind.Find("argoproj.io", "applications")!;

    private readonly Workload workload = new(store, code, world.Time);
    private Stage stage = Stage.Idle;
    private ApplicationObject? application;
    private string? applied;
    private Release? wanted;
    private int started, stuck;

    private enum Stage
    {
        Idle,
        Syncing,
        Ending,
        Starting,
        Stuck,
    }

    /// <summary>Moves it on.</summary>
    /// <param name="head">The head of the branch.</param>
    /// <param name="release">What the overlay at that head renders to.</param>
    public void Step(string head, Release release)
    {
        Refresh();
        switch (stage)
        {
            case Stage.Idle or Stage.Stuck when application?.Revision != head:
                Compare(head, release);
                break;
            case Stage.Syncing:
                Apply();
                break;
            case Stage.Ending:
                workload.Replace();
                (stage, started) = (Stage.Starting, 0);
                break;
            case Stage.Starting:
                Start();
                break;
            case Stage.Stuck when ++stuck == Patience:
                workload.Exceed();
                break;
        }
    }

    /// <summary>The overlay is gone: so is all of the instance but its data.</summary>
    public void Remove()
    {
        workload.Remove();
        store.Delete(Applications, "argocd", code);
    }

    private void Compare(string head, Release release)
    {
        var now = world.Time.GetUtcNow();
        application = (application ?? new ApplicationObject(code, source) { Revision = head, ReconciledAt = now }) with { Revision = head, ReconciledAt = now };
        if (applied == release.Blob)
        {
            Put(application);
            return;
        }

        wanted = release;
        stage = Stage.Syncing;
        Put(application with { Stage = SyncStage.Syncing, SyncedRevision = head, Operation = (now, null) });
    }

    private void Apply()
    {
        var now = world.Time.GetUtcNow();
        applied = wanted!.Blob;
        var rolls = workload.Differs(wanted);
        if (rolls) workload.Apply(wanted);
        stage = rolls ? Stage.Ending : Stage.Idle;
        Put(application! with
        {
            Stage = SyncStage.Synced, ReconciledAt = now, Operation = (application.Operation.Started, now), Health = rolls ? "Progressing" : application.Health,
        });
    }

    private void Start()
    {
        var containers = wanted!.InitContainers;
        if (started < containers.Length && !world.HasImage(containers[started].Image))
        {
            workload.Start(started, hasImage: false);
            (stage, stuck) = (Stage.Stuck, 0);
            return;
        }

        if (++started <= containers.Length)
        {
            workload.Start(started, hasImage: true);
            return;
        }

        workload.Finish();
        stage = Stage.Idle;
        Put(application! with { Health = "Healthy", ReconciledAt = world.Time.GetUtcNow() });
    }

    // The annotation by which somebody asks for another look goes away with the look.
    private void Refresh()
    {
        if (application is null || store.Find(Applications, "argocd", code)?["metadata"]?["annotations"] is not JsonObject asked) return;
        if (asked["argocd.argoproj.io/refresh"] is null) return;
        Put(application with { RefreshedAt = (string?)asked["argocd.argoproj.io/refresh-timestamp"], ReconciledAt = world.Time.GetUtcNow() });
    }

    private void Put(ApplicationObject now)
    {
        application = now;
        store.Put(Applications, now.ToJson());
    }
}

/// <summary>What the simulation takes from outside.</summary>
/// <param name="Time">The clock.</param>
/// <param name="HasImage">Whether a registry has an image.</param>
internal sealed record SimulatedWorld(TimeProvider Time, Func<string, bool> HasImage);
