using System.Collections.Concurrent;
using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Overlay.Document;
using OdooSky.GitOps.Overlay.Plan;

namespace OdooSky.GitOps.Reconciler.Passes;

/// <summary>
/// What a running process remembers between passes, keyed by what it was made of: overlays by blob id, planned instances
/// by wish, overlay and rules. It can be thrown away at any time; nothing is ever read or parsed twice while it lives.
/// </summary>
internal sealed class FleetMemory
{
    private ConcurrentDictionary<(string Blob, InstanceCode Code), OverlayReading> overlays = new();
    private ConcurrentDictionary<PlanKey, OverlayChange> planned = new();

    /// <summary>What an instance's plan depends on.</summary>
    /// <param name="Rules">Names the chart's content and the policy.</param>
    /// <param name="Code">The instance.</param>
    /// <param name="Wish">The wish's revision; empty when there is none.</param>
    /// <param name="Overlay">The overlay's blob id; empty when there is none.</param>
    internal readonly record struct PlanKey(string Rules, InstanceCode Code, string Wish, string Overlay);

    /// <summary>Whether an overlay was read before.</summary>
    /// <param name="blob">Its blob id.</param>
    /// <param name="code">Whose it is.</param>
    /// <returns>True when <see cref="Overlay"/> needs no text.</returns>
    public bool Knows(string blob, InstanceCode code) => overlays.ContainsKey((blob, code));

    /// <summary>Reads an overlay once.</summary>
    /// <param name="entry">The overlay.</param>
    /// <param name="text">Gives its bytes when it was not read before.</param>
    /// <returns>The document or its problems.</returns>
    public OverlayReading Overlay(OverlayEntry entry, Func<ReadOnlyMemory<byte>> text) =>
        overlays.GetOrAdd((entry.Blob, entry.Code), _ => OverlayDocument.Read(entry.Path, text(), entry.Code));

    /// <summary>Plans an instance once.</summary>
    /// <param name="key">What its plan depends on.</param>
    /// <param name="plan">Makes the plan.</param>
    /// <returns>The plan of the instance.</returns>
    public OverlayChange Planned(PlanKey key, Func<OverlayChange> plan) => planned.GetOrAdd(key, _ => plan());

    /// <summary>Forgets all that the newest pass did not use.</summary>
    /// <param name="usedOverlays">Overlays of the newest pass.</param>
    /// <param name="usedPlans">Plans of the newest pass.</param>
    public void Keep(IEnumerable<OverlayEntry> usedOverlays, IEnumerable<PlanKey> usedPlans)
    {
        overlays = new(usedOverlays.Select(entry => (entry.Blob, entry.Code)).Where(overlays.ContainsKey).Select(key => KeyValuePair.Create(key, overlays[key])));
        planned = new(usedPlans.Where(planned.ContainsKey).Select(key => KeyValuePair.Create(key, planned[key])));
    }
}
