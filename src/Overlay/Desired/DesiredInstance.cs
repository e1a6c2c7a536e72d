using System.Collections.Immutable;
using OdooSky.GitOps.Overlay.Helm;

namespace OdooSky.GitOps.Overlay.Desired;

/// <summary>What is wanted of an instance's overlay.</summary>
public enum InstanceState
{
    /// <summary>The overlay shall be there and true.</summary>
    Present,

    /// <summary>The tool keeps its hands off; the tenant runs on.</summary>
    Suspended,

    /// <summary>The overlay shall be removed.</summary>
    Absent,
}

/// <summary>Who asked for a change, and why. Reaches commits and notes, never the overlay.</summary>
/// <param name="RequestedBy">A person or system; empty when unknown.</param>
/// <param name="Reason">Why; empty when unknown.</param>
/// <param name="Ticket">A ticket's name; empty when there is none.</param>
public sealed record Request(string RequestedBy, string Reason, string Ticket)
{
    /// <summary>Nobody said.</summary>
    public static Request None { get; } = new(string.Empty, string.Empty, string.Empty);
}

/// <summary>One wished instance, checked and completed from the catalogue.</summary>
public sealed record DesiredInstance
{
    /// <summary>The instance's code.</summary>
    public required InstanceCode Code { get; init; }

    /// <summary>Where the wish stands.</summary>
    public required Place Place { get; init; }

    /// <summary>Present unless the wish says otherwise.</summary>
    public InstanceState State { get; init; } = InstanceState.Present;

    /// <summary>The target's name, or null for the only one.</summary>
    public string? Target { get; init; }

    /// <summary>Labels for grouping, rings and selection, sorted by key.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The Odoo series, such as <c>17.0</c>, or null: chooses the catalogue's column.</summary>
    public string? Series { get; init; }

    /// <summary>The instance whose database a new instance takes over, or null.</summary>
    public InstanceCode? CloneFrom { get; init; }

    /// <summary>All rows in the order of the wish; the order is not part of the wish.</summary>
    public ImmutableArray<AddonRow> Addons { get; init; } = [];

    /// <summary>Further managed values; each leaf is managed.</summary>
    public HelmMap Values { get; init; } = HelmMap.Empty;

    /// <summary>Managed paths that shall not be in the overlay, each as its keys from the root.</summary>
    public ImmutableArray<ValuePath> Unset { get; init; } = [];

    /// <summary>Who asked and why.</summary>
    public Request Request { get; init; } = Request.None;

    /// <summary>Who asked for a catalogue row and why, by addon code, for changes that the catalogue caused.</summary>
    public ImmutableSortedDictionary<string, Request> CatalogRequests { get; init; } =
        ImmutableSortedDictionary.Create<string, Request>(StringComparer.Ordinal);

    /// <summary>Names the content of the wish: the blob ids of the instance's file and the catalogue, joined by a plus sign.</summary>
    public string Revision { get; init; } = string.Empty;

    /// <summary>
    /// Names all of the wish but <see cref="Revision"/>: two of the same content are planned alike. It is the revision itself, or an
    /// earlier one, where a newer catalogue completed the wish to the same rows.
    /// </summary>
    public string Content { get; init; } = string.Empty;
}
