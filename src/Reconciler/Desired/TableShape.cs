using System.Collections.Immutable;

namespace OdooSky.GitOps.Reconciler.Desired;

/// <summary>The columns of a query: every one must be there, by name and in any order; NULL means that it says nothing.</summary>
/// <param name="Table">What problems call its rows.</param>
/// <param name="Texts">Columns of text (JSON is text).</param>
/// <param name="Numbers">Columns of whole numbers.</param>
/// <param name="Optional">Columns of text that may be missing.</param>
/// <param name="Keys">The columns that name a row.</param>
internal sealed record TableShape(
    string Table, ImmutableArray<string> Texts, ImmutableArray<string> Numbers, ImmutableArray<string> Optional, ImmutableArray<string> Keys)
{
    /// <summary>The instances.</summary>
    public static TableShape Instances { get; } = new(
        "instances",
        ["code", "state", "target", "odoo", "clone_from_code", "labels", "values", "unset", "requested_by", "reason", "ticket"],
        [],
        ["updated_at"],
        ["code"]);

    /// <summary>The addons of all instances.</summary>
    public static TableShape Addons { get; } = new(
        "addons", ["instance_code", "code", "source", "image", "version"], ["position"], [], ["instance_code", "position"]);

    /// <summary>The catalogue.</summary>
    public static TableShape Catalog { get; } = new(
        "catalog", ["code", "source", "image", "requested_by", "reason", "ticket", "series", "series_version", "series_image"], [], [], ["code", "series"]);

    /// <summary>All columns.</summary>
    public IEnumerable<string> Columns => Texts.Concat(Numbers).Concat(Optional);
}
