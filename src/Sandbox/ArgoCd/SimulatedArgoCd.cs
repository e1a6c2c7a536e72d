using System.Collections.Immutable;
using OdooSky.GitOps.Reconciler.Git;
using OdooSky.GitOps.Reconciler.Settings;
using OdooSky.GitOps.Sandbox.Kubernetes;

namespace OdooSky.GitOps.Sandbox.ArgoCd;

/// <summary>
/// Argo CD and a cluster for one repository: an Application for each overlay on the branch, compared and synced when the branch moves,
/// and pods that start one container after the other. It deploys what the chart would, as far as a rollout shows it.
/// </summary>
/// <param name="store">The API server's objects.</param>
/// <param name="repository">The repository that it deploys from.</param>
/// <param name="source">Where in it.</param>
/// <param name="world">Clock and registry.</param>
internal sealed class SimulatedArgoCd(ObjectStore store, Repository repository, DeployedFrom source, SimulatedWorld world)
{
    private readonly SortedDictionary<string, SimulatedInstance> instances = new(StringComparer.Ordinal);
    private readonly OverlayTemplate overlays = OverlayTemplate.TryParse(source.Overlays)!;
    private ImmutableSortedDictionary<string, Release> releases = ImmutableSortedDictionary<string, Release>.Empty;
    private ObjectId? head;

    /// <summary>Goes on step by step until it is ended.</summary>
    /// <param name="step">How long a step takes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task that ends when it is cancelled.</returns>
    public async Task RunAsync(TimeSpan step, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await StepAsync(cancellation);
            await Task.Delay(step, world.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at the branch, and moves every instance on by one step.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A task.</returns>
    public async Task StepAsync(CancellationToken cancellation)
    {
        var branch = RefName.TryBranch(source.Branch)!;
        var now = (await repository.ReadRemoteAsync([RefPattern.Exactly(branch)], cancellation)).Find(branch);
        if (now is null) return;
        if (now != head) releases = await RenderAsync(now, cancellation);
        head = now;
        foreach (var gone in instances.Keys.Where(code => !releases.ContainsKey(code)).ToList())
        {
            instances[gone].Remove();
            instances.Remove(gone);
        }

        foreach (var (code, release) in releases)
        {
            if (!instances.TryGetValue(code, out var instance)) instances[code] = instance = new SimulatedInstance(store, code, source, world);
            instance.Step(now.Text, release);
        }
    }

    private async Task<ImmutableSortedDictionary<string, Release>> RenderAsync(ObjectId commit, CancellationToken cancellation)
    {
        var tree = await repository.ListTreeAsync(commit, null, cancellation);
        var chart = tree.Find(RepositoryPath.TryParse(source.Chart + "/values.yaml")!);
        var entries = tree.Entries.Where(entry => overlays.TryMatch(entry.Path) is not null).ToList();
        var texts = new Dictionary<ObjectId, ReadOnlyMemory<byte>>();
        await foreach (var blob in repository.ReadBlobsAsync([.. entries.Append(chart!).Select(entry => entry.Id).Distinct()], cancellation)) texts[blob.Id] = blob.Content!.Value;
        var rendered = ImmutableSortedDictionary.CreateBuilder<string, Release>(StringComparer.Ordinal);
        foreach (var entry in entries)
            if (Release.Of(entry.Id.Text, texts[entry.Id], texts[chart!.Id]).Release is { } release) rendered[overlays.TryMatch(entry.Path)!.Text] = release;
        return rendered.ToImmutable();
    }
}
