using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>One instance as its source states it, before the catalogue completes it.</summary>
public sealed record InstanceWish
{
    /// <summary>The instance's code.</summary>
    public required InstanceCode Code { get; init; }

    /// <summary>Where the wish stands.</summary>
    public required Place Place { get; init; }

    /// <summary>Present unless the wish says otherwise.</summary>
    public InstanceState State { get; init; }

    /// <summary>The target's name, or null.</summary>
    public string? Target { get; init; }

    /// <summary>Labels, sorted by key.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The Odoo series, or null.</summary>
    public string? Series { get; init; }

    /// <summary>The instance whose database a new instance takes over, or null.</summary>
    public InstanceCode? CloneFrom { get; init; }

    /// <summary>The rows in the order of the wish.</summary>
    public ImmutableArray<AddonWish> Addons { get; init; } = [];

    /// <summary>Further managed values.</summary>
    public HelmMap Values { get; init; } = HelmMap.Empty;

    /// <summary>Managed paths to remove.</summary>
    public ImmutableArray<ValuePath> Unset { get; init; } = [];

    /// <summary>Who asked and why.</summary>
    public Request Request { get; init; } = Request.None;
}

/// <summary>One addon as the wish states it; null where the catalogue shall say.</summary>
/// <param name="Code">The addon's code.</param>
/// <param name="Source">Its source, or null.</param>
/// <param name="Image">Its image, or null.</param>
/// <param name="Version">Its version, or null.</param>
public sealed record AddonWish(string Code, string? Source, string? Image, string? Version)
{
    /// <summary>Where the row stands.</summary>
    public required Place Place { get; init; }

    /// <summary>Whether all of the row could be read; if not, its problems are reported already and what it lacks is not.</summary>
    public bool Sound { get; init; } = true;
}
