using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Proposals;

/// <summary>Labels to put on and to take off.</summary>
/// <param name="Add">Those that are missing, in ordinal order.</param>
/// <param name="Remove">Those that are there and shall not be, in ordinal order.</param>
internal sealed record LabelChange(ImmutableArray<string> Add, ImmutableArray<string> Remove)
{
    /// <summary>Whether nothing is to do.</summary>
    public bool IsEmpty => Add.IsEmpty && Remove.IsEmpty;
}

/// <summary>The labels that mean something: those we set, and those by which people tell us what to do.</summary>
internal static class ProposalLabels
{
    /// <summary>Ours: somebody pushed to the branch, and we keep our hands off.</summary>
    public const string Edited = "odoosky/edited";

    /// <summary>Ours: an instance on it is suspended, so it stays as it is.</summary>
    public const string Suspended = "odoosky/suspended";

    /// <summary>A person's: make the branch anew, whatever was pushed to it.</summary>
    public const string Rebuild = "odoosky/rebuild";

    /// <summary>A person's, on a closed one: it shall be proposed again.</summary>
    public const string Reopen = "odoosky/reopen";

    /// <summary>What must change so that an open proposal has the labels it should have.</summary>
    /// <param name="there">Those it has.</param>
    /// <param name="wanted">Those of the settings.</param>
    /// <param name="state">The one of ours that says how it stands, or null for none.</param>
    /// <returns>The change; a person's own labels are never touched.</returns>
    public static LabelChange Change(ImmutableSortedSet<string> there, IEnumerable<string> wanted, string? state)
    {
        var all = state is null ? wanted : wanted.Append(state);
        var add = all.Where(label => !there.Contains(label)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        string[] passing = state == Edited ? [Suspended] : state == Suspended ? [] : [Edited, Rebuild, Suspended];
        return new LabelChange([.. add], [.. passing.Where(there.Contains)]);
    }
}
