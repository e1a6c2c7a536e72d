using System.Collections.Concurrent;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// What a running process remembers between passes, keyed by what it was made of: overlays' bytes by blob id, planned
/// instances by wish, overlay and rules. It can be thrown away at any time; while it lives, no unchanged blob is read
/// again, and no unchanged instance is parsed again. Parsed documents are not kept: they are ten times their text.
/// </summary>
/// <param name="kept">What an earlier process left, and what this one leaves; null: nothing.</param>
internal sealed class FleetMemory(KeptMemory? kept = null)
{
    private ConcurrentDictionary<string, ReadOnlyMemory<byte>> texts = new(StringComparer.Ordinal);
    private ConcurrentDictionary<PlanKey, OverlayChange> planned = new();

    /// <summary>What an instance's plan depends on.</summary>
    /// <param name="Rules">Names the chart's content and the policy.</param>
    /// <param name="Code">The instance.</param>
    /// <param name="Wish">The wish's content; empty when there is none.</param>
    /// <param name="Overlay">The overlay's blob id; empty when there is none.</param>
    internal readonly record struct PlanKey(string Rules, InstanceCode Code, string Wish, string Overlay);

    /// <summary>Whether an overlay's bytes were read before.</summary>
    /// <param name="blob">Its blob id.</param>
    /// <returns>True when <see cref="Text"/> needs no source.</returns>
    public bool Knows(string blob) => texts.ContainsKey(blob);

    /// <summary>An overlay's bytes.</summary>
    /// <param name="blob">Its blob id.</param>
    /// <param name="read">Gives them when they were not read before.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlyMemory<byte> Text(string blob, Func<ReadOnlyMemory<byte>> read) => texts.GetOrAdd(blob, _ => read());

    /// <summary>Plans an instance once.</summary>
    /// <param name="key">What its plan depends on.</param>
    /// <param name="plan">Makes the plan.</param>
    /// <returns>The plan of the instance.</returns>
    public OverlayChange Planned(PlanKey key, Func<OverlayChange> plan) => planned.GetOrAdd(key, _ => plan());

    /// <summary>Reads what an earlier process left.</summary>
    /// <returns>Instance files as that read them.</returns>
    public IReadOnlyList<InstanceFile> Recall() => kept?.Recall() ?? [];

    /// <summary>The hash of an overlay that said what was wished when an earlier process planned it.</summary>
    /// <param name="key">What the plan depends on.</param>
    /// <returns>The hash, or null when that is not known.</returns>
    public string? UnchangedHash(PlanKey key) => kept?.UnchangedHash(key);

    /// <summary>The instance files of the newest pass, or what a database's rows came to.</summary>
    public IReadOnlyCollection<InstanceFile> Files { private get; set; } = [];

    /// <summary>Leaves for the next process what this one found, once much of it is new.</summary>
    /// <param name="usedPlans">Plans of the newest pass.</param>
    public void Leave(IReadOnlyCollection<PlanKey> usedPlans) => kept?.Leave(Files, usedPlans.Select(key => (key, planned.GetValueOrDefault(key))));

    /// <summary>Forgets what the newest pass did not use, once that is a quarter of it and more.</summary>
    /// <param name="usedOverlays">Overlays of the newest pass.</param>
    /// <param name="usedPlans">Plans of the newest pass.</param>
    public void Keep(IReadOnlyCollection<OverlayEntry> usedOverlays, IReadOnlyCollection<PlanKey> usedPlans)
    {
        if (texts.Count > usedOverlays.Count + (usedOverlays.Count / 4))
        {
            var blobs = usedOverlays.Select(entry => entry.Blob).Distinct(StringComparer.Ordinal).Where(texts.ContainsKey);
            texts = new(blobs.Select(blob => KeyValuePair.Create(blob, texts[blob])), StringComparer.Ordinal);
        }

        if (planned.Count > usedPlans.Count + (usedPlans.Count / 4))
            planned = new(usedPlans.Where(planned.ContainsKey).Select(key => KeyValuePair.Create(key, planned[key])));
    }
}
